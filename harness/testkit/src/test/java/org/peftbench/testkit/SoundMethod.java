package org.peftbench.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import org.peftbench.model.Init;
import org.peftbench.model.Tap;
import org.peftbench.model.ViTConfig;
import org.peftbench.spi.FrozenBackbone;
import org.peftbench.spi.Option;
import org.peftbench.spi.SideMethod;
import org.peftbench.spi.SideNetwork;

/**
 * y = r + r * gain, with gain (D) zero at first: a method without fault, to break in subclasses.
 */
public class SoundMethod implements SideMethod<SoundMethod.Config> {

  /** One hyper-parameter. */
  public record Config(
      @Option(doc = "factor of the gain", value = "2", min = 0, max = 10) double factor) {}

  @Override
  public String id() {
    return "sound";
  }

  @Override
  public String title() {
    return "Sound";
  }

  @Override
  public String bibtex() {
    return "@misc{sound}";
  }

  @Override
  public Class<Config> configType() {
    return Config.class;
  }

  @Override
  public String equation() {
    return "y = r + r * gain";
  }

  @Override
  public boolean startsAsBackbone(Config config) {
    return true;
  }

  @Override
  public long trainableParameters(Config config, ViTConfig backbone) {
    return backbone.width();
  }

  @Override
  public List<Tap> taps(Config config, ViTConfig backbone) {
    return List.of(Tap.representation(backbone));
  }

  @Override
  public SideNetwork build(Config config, FrozenBackbone backbone) {
    return new Network(config, backbone.config());
  }

  /** How the gain begins. */
  protected Init init() {
    return Init.ZEROS;
  }

  /** From the frozen representation (B, D) and what the gain adds to it. */
  protected NDArray combine(NDArray representation, NDArray gained, boolean training) {
    return representation.add(gained);
  }

  private final class Network extends SideNetwork {

    private final double factor;

    Network(Config config, ViTConfig backbone) {
      factor = config.factor();
      parameter("gain", init(), backbone.width());
    }

    @Override
    public NDArray forward(NDList taps, boolean training) {
      NDArray representation = taps.singletonOrThrow();
      NDArray gained = scaled(representation.mul(value("gain")), factor);
      return combine(representation, gained, training);
    }
  }
}
