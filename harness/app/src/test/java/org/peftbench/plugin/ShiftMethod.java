package org.peftbench.plugin;

import java.util.List;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.spi.BackboneMethod;
import org.peftbench.spi.Preset;

/** A method of the tests that unfreezes the last norm's bias. */
public final class ShiftMethod implements BackboneMethod<ShiftConfig> {

  @Override
  public String id() {
    return "shift";
  }

  @Override
  public String title() {
    return "Shift: a method of the tests";
  }

  @Override
  public String bibtex() {
    return "@misc{shift}";
  }

  @Override
  public Class<ShiftConfig> configType() {
    return ShiftConfig.class;
  }

  @Override
  public String equation() {
    return "y = x + b";
  }

  @Override
  public List<String> reconstructions() {
    return List.of("nothing of it is published");
  }

  @Override
  public List<Preset> presets() {
    return List.of(
        Preset.of("paper", "no paper", "cifar100 steps=1 scale=2\nsvhn steps=5 scale=0.5"));
  }

  @Override
  public boolean startsAsBackbone(ShiftConfig config) {
    return true;
  }

  @Override
  public long trainableParameters(ShiftConfig config, ViTConfig backbone) {
    if (config.steps() > backbone.depth()) {
      throw new IllegalArgumentException(
          config.steps() + " steps in " + backbone.depth() + " blocks");
    }
    return backbone.width();
  }

  @Override
  public void adapt(ShiftConfig config, VisionTransformer backbone) {
    backbone.unfreeze("norm.bias");
  }
}
