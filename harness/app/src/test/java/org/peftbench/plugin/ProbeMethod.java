package org.peftbench.plugin;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import org.peftbench.model.Tap;
import org.peftbench.model.ViTConfig;
import org.peftbench.spi.FrozenBackbone;
import org.peftbench.spi.SideMethod;
import org.peftbench.spi.SideNetwork;

/** A method of the tests that reads one small tap. */
public class ProbeMethod implements SideMethod<ProbeMethod.None> {

  /** It has no hyper-parameters. */
  public record None() {}

  @Override
  public String id() {
    return "probe";
  }

  @Override
  public String title() {
    return "Probe: a method of the tests";
  }

  @Override
  public String bibtex() {
    return "@misc{probe}";
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
    return List.of(Tap.representation(backbone));
  }

  @Override
  public SideNetwork build(None config, FrozenBackbone backbone) {
    return new SideNetwork() {
      @Override
      public NDArray forward(NDList taps, boolean training) {
        return taps.singletonOrThrow().duplicate();
      }
    };
  }
}
