package org.peftbench.methods.miet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import org.peftbench.layers.LowRankAttention;
import org.peftbench.model.Init;
import org.peftbench.spi.FrozenBackbone;
import org.peftbench.spi.SideNetwork;

/** What runs on the edge: T attention modules on the gathered map (B, N, D), norm and pooling. */
final class EdgeNetwork extends SideNetwork {

  private final MietConfig config;
  private final FrozenBackbone backbone;

  EdgeNetwork(MietConfig config, FrozenBackbone backbone) {
    this.config = config;
    this.backbone = backbone;
    Init up = config.zeroInit() ? Init.ZEROS : Init.xavierUniform();
    for (int t = 1; t <= config.modules(); t++) {
      add(
          name(t),
          new LowRankAttention(
              backbone.config(), config.rank(), config.heads(), config.scale(), up, config.bias()));
    }
  }

  @Override
  public NDArray forward(NDList taps, boolean training) {
    return scoped(
        () -> {
          NDArray sum = taps.singletonOrThrow();
          int terms = MietMethod.gathered(config, backbone.config()) + 1;
          NDArray x = config.mean() ? sum.div(number(terms)) : sum;
          for (int t = 1; t <= config.modules(); t++) {
            NDArray before = x;
            x = part(name(t)).forward(before, training);
            if (before != sum) {
              before.close(); // without gradients, memory must not grow with the modules
            }
          }
          return backbone.represent(x);
        });
  }

  private static String name(int module) {
    return "lae_" + module;
  }
}
