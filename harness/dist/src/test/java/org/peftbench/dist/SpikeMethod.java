package org.peftbench.dist;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.peftbench.model.Tap;
import org.peftbench.model.ViTConfig;
import org.peftbench.spi.FrozenBackbone;
import org.peftbench.spi.SideMethod;
import org.peftbench.spi.SideNetwork;

/** Linear probing that once holds {@link #BYTES} for a moment, when it is judged. */
public final class SpikeMethod implements SideMethod<SpikeMethod.None> {

  static final long BYTES = 500L << 20;

  /** It has no hyper-parameters. */
  public record None() {}

  @Override
  public String id() {
    return "spike";
  }

  @Override
  public String title() {
    return "Spike: a method of the tests";
  }

  @Override
  public String bibtex() {
    return "@misc{spike}";
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
    AtomicBoolean done = new AtomicBoolean();
    return new SideNetwork() {
      @Override
      public NDArray forward(NDList taps, boolean training) {
        NDArray tap = taps.singletonOrThrow();
        if (!training && !done.getAndSet(true)) {
          tap.getManager().ones(new Shape(BYTES / Float.BYTES)).close();
        }
        return tap;
      }
    };
  }
}
