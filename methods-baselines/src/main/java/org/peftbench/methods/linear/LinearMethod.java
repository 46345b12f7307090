package org.peftbench.methods.linear;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import org.peftbench.model.Tap;
import org.peftbench.model.ViTConfig;
import org.peftbench.spi.FrozenBackbone;
import org.peftbench.spi.SideMethod;
import org.peftbench.spi.SideNetwork;

/**
 * Linear probing: only the head is trained, on the frozen representation (B, D).
 *
 * <p>Parameters without the head: 0.
 */
public final class LinearMethod implements SideMethod<LinearConfig> {

  @Override
  public String id() {
    return "linear";
  }

  @Override
  public String title() {
    return "Linear probing";
  }

  @Override
  public String bibtex() {
    return """
        @inproceedings{zhai2019vtab,
          title  = {A Large-scale Study of Representation Learning with the Visual Task Adaptation Benchmark},
          author = {Zhai, Xiaohua and Puigcerver, Joan and Kolesnikov, Alexander and others},
          note   = {arXiv:1910.04867},
          year   = {2019}
        }""";
  }

  @Override
  public Class<LinearConfig> configType() {
    return LinearConfig.class;
  }

  @Override
  public String equation() {
    return "y = representation of the frozen backbone, (B, D)";
  }

  @Override
  public boolean startsAsBackbone(LinearConfig config) {
    return true;
  }

  @Override
  public long trainableParameters(LinearConfig config, ViTConfig backbone) {
    return 0;
  }

  @Override
  public List<Tap> taps(LinearConfig config, ViTConfig backbone) {
    return List.of(Tap.representation(backbone));
  }

  @Override
  public SideNetwork build(LinearConfig config, FrozenBackbone backbone) {
    return new SideNetwork() {
      @Override
      public NDArray forward(NDList taps, boolean training) {
        return taps.singletonOrThrow();
      }
    };
  }
}
