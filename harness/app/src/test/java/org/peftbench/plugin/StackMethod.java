package org.peftbench.plugin;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import org.peftbench.model.Tap;
import org.peftbench.model.ViTConfig;
import org.peftbench.spi.FrozenBackbone;
import org.peftbench.spi.SideMethod;
import org.peftbench.spi.SideNetwork;

/** A method of the tests that reads two maps, which are larger than a small image. */
public final class StackMethod implements SideMethod<StackMethod.None> {

  /** It has no hyper-parameters. */
  public record None() {}

  @Override
  public String id() {
    return "stack";
  }

  @Override
  public String title() {
    return "Stack: a method of the tests";
  }

  @Override
  public String bibtex() {
    return "@misc{stack}";
  }

  @Override
  public Class<None> configType() {
    return None.class;
  }

  @Override
  public String equation() {
    return "y = x";
  }

  @Override
  public boolean startsAsBackbone(None config) {
    return true;
  }

  @Override
  public long trainableParameters(None config, ViTConfig backbone) {
    return 0;
  }

  @Override
  public List<Tap> taps(None config, ViTConfig backbone) {
    return List.of(Tap.block(0), Tap.block(backbone.depth()));
  }

  @Override
  public SideNetwork build(None config, FrozenBackbone backbone) {
    return new SideNetwork() {
      @Override
      public NDArray forward(NDList taps, boolean training) {
        return backbone.represent(taps.get(0).add(taps.get(1)));
      }
    };
  }
}
