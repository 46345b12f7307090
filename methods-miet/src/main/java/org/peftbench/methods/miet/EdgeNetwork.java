package org.peftbench.methods.miet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;
import org.peftbench.layers.LowRankAttention;
import org.peftbench.model.Init;
import org.peftbench.spi.FrozenBackbone;
import org.peftbench.spi.SideNetwork;

/**
 * What runs on the edge: T attention modules on the gathered map (B, N, D), norm and pooling. N is
 * the map's: a pooled one has fewer tokens than the backbone.
 */
final class EdgeNetwork extends SideNetwork {

  private final MietConfig config;
  private final FrozenBackbone backbone;
  private final int terms;
  private final List<LowRankAttention> modules = new ArrayList<>();

  EdgeNetwork(MietConfig config, FrozenBackbone backbone) {
    this.config = config;
    this.backbone = backbone;
    this.terms = MietMethod.gathered(config, backbone.config()).terms();
    Init up = config.zeroInit() ? Init.ZEROS : Init.xavierUniform();
    for (int t = 1; t <= config.modules(); t++) {
      LowRankAttention module =
          new LowRankAttention(
              backbone.config(), config.rank(), config.heads(), config.scale(), up, config.bias());
      modules.add(add("lae_" + t, module));
    }
  }

  @Override
  public NDArray forward(NDList taps, boolean training) {
    return scoped(
        () -> {
          NDArray sum = taps.singletonOrThrow();
          int tokens = Math.toIntExact(sum.getShape().get(1));
          int read = Math.min(tokens, backbone.tokensRead());
          NDArray x = config.mean() ? sum.div(number(terms)) : sum;
          for (int t = 1; t <= config.modules(); t++) {
            NDArray before = x;
            x = modules.get(t - 1).forward(before, t < config.modules() ? tokens : read);
            if (before != sum) {
              before.close(); // without gradients, memory must not grow with the modules
            }
          }
          return backbone.represent(x);
        });
  }
}
