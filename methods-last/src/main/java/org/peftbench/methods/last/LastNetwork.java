package org.peftbench.methods.last;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
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

  LastNetwork(LastConfig config, FrozenBackbone backbone) {
    this.config = config;
    this.backbone = backbone;
    ViTConfig vit = backbone.config();
    this.groups = LastMethod.groups(config, vit);
    for (int i = 1; i <= groups; i++) {
      for (int t = 1; t <= config.modules(); t++) {
        add(name(i, t), module(vit));
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
            stream = block(i, read == 0 ? stream : stream.add(taps.get(read)), training);
          }
          return backbone.represent(config.correction() ? correct(stream, taps) : stream);
        });
  }

  private NDArray block(int i, NDArray entered, boolean training) {
    return scoped(
        () -> {
          NDArray x = entered;
          for (int t = 1; t <= config.modules(); t++) {
            NDArray before = x;
            x = part(name(i, t)).forward(before, training);
            if (before != entered) {
              before.close(); // without gradients, memory must not grow with the modules
            }
          }
          return x;
        });
  }

  /** u_m - (z_0 + ... + z_{m-1}). */
  private NDArray correct(NDArray stream, NDList taps) {
    NDArray sum = taps.get(0);
    for (int i = 1; i < groups; i++) {
      sum = sum.add(taps.get(i));
    }
    return stream.sub(sum);
  }

  private static String name(int block, int module) {
    return "lsa_" + block + "_" + module;
  }
}
