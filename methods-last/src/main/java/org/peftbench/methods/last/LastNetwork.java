package org.peftbench.methods.last;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import java.util.ArrayList;
import java.util.List;
import org.peftbench.layers.LowRankAttention;
import org.peftbench.methods.last.LastConfig.Start;
import org.peftbench.model.Init;
import org.peftbench.model.ViTConfig;
import org.peftbench.spi.FrozenBackbone;
import org.peftbench.spi.SideNetwork;

/**
 * The side network: m LSA blocks of T modules each along the taps z_0..z_m (B, N, D), the bias
 * correction, and the frozen backbone's own norm and pooling.
 */
final class LastNetwork extends SideNetwork {

  private final LastConfig config;
  private final FrozenBackbone backbone;
  private final int groups;
  private final List<LowRankAttention> modules = new ArrayList<>();

  LastNetwork(LastConfig config, FrozenBackbone backbone) {
    this.config = config;
    this.backbone = backbone;
    ViTConfig vit = backbone.config();
    this.groups = LastMethod.groups(config, vit);
    for (int i = 1; i <= groups; i++) {
      for (int t = 1; t <= config.modules(); t++) {
        modules.add(add("lsa_" + i + "_" + t, module(vit)));
      }
    }
  }

  private LowRankAttention module(ViTConfig vit) {
    Init up = config.zeroInit() ? Init.ZEROS : Init.xavierUniform();
    return new LowRankAttention(
        vit, config.rank(), config.heads(), config.scale(), up, config.bias());
  }

  @Override
  public NDArray forward(NDList taps, boolean training) {
    return scoped(
        () -> {
          // Starting from the embedding, block i reads z_i; starting from zero, z_{i-1}.
          int first = config.start() == Start.EMBEDDING ? 1 : 0;
          NDArray stream = taps.get(0);
          for (int i = 1; i <= groups; i++) {
            int read = i - 1 + first;
            stream = block(i, read == 0 ? stream : stream.add(taps.get(read)));
          }
          return backbone.represent(config.correction() ? correct(stream, taps) : stream);
        });
  }

  private NDArray block(int i, NDArray entered) {
    return scoped(
        () -> {
          NDArray x = entered;
          int end = i * config.modules();
          for (int j = end - config.modules(); j < end; j++) {
            NDArray before = x;
            boolean last = j == modules.size() - 1;
            x =
                modules
                    .get(j)
                    .forward(before, last ? backbone.tokensRead() : backbone.config().tokens());
            if (before != entered) {
              before.close(); // without gradients, memory must not grow with the modules
            }
          }
          return x;
        });
  }

  /** u_m - (z_0 + ... + z_{m-1}), of the tokens that are read. */
  private NDArray correct(NDArray stream, NDList taps) {
    NDIndex read = new NDIndex(":, 0:" + backbone.tokensRead());
    NDArray sum = taps.get(0).get(read);
    for (int i = 1; i < groups; i++) {
      sum = i == 1 ? sum.add(taps.get(i).get(read)) : sum.addi(taps.get(i).get(read));
    }
    return stream.sub(sum);
  }
}
