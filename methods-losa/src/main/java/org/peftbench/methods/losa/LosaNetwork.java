package org.peftbench.methods.losa;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import org.peftbench.methods.losa.LosaConfig.Start;
import org.peftbench.spi.FrozenBackbone;
import org.peftbench.spi.SideNetwork;

/** The side stream: y_i = y_{i-1} + g_i(b_i + y_{i-1}) along the taps b_i (B, N, D). */
final class LosaNetwork extends SideNetwork {

  private final LosaConfig config;
  private final FrozenBackbone backbone;
  private final int mixers;

  LosaNetwork(LosaConfig config, FrozenBackbone backbone) {
    this.config = config;
    this.backbone = backbone;
    this.mixers = LosaMethod.depths(config, backbone.config()).size();
    for (int i = 1; i <= mixers; i++) {
      add(name(i), new LowRankMixer(config, backbone.config()));
    }
  }

  @Override
  public NDArray forward(NDList taps, boolean training) {
    return scoped(
        () -> {
          NDList blocks = config.start() == Start.EMBEDDING ? taps.subNDList(1) : taps;
          NDArray stream = first(taps, blocks, training);
          for (int i = 2; i <= mixers; i++) {
            NDArray before = stream;
            stream = next(i, before, blocks.get(i - 1), training);
            before.close(); // without gradients, memory must not grow with the depth
          }
          return backbone.represent(stream);
        });
  }

  private NDArray first(NDList taps, NDList blocks, boolean training) {
    return switch (config.start()) {
      case LAST_BLOCK -> next(1, blocks.get(mixers - 1), blocks.get(0), training);
      case EMBEDDING -> next(1, taps.get(0), blocks.get(0), training);
      case ZERO -> part(name(1)).forward(blocks.get(0), training);
    };
  }

  private NDArray next(int i, NDArray y, NDArray b, boolean training) {
    return scoped(() -> y.add(part(name(i)).forward(b.add(y), training)));
  }

  private static String name(int mixer) {
    return "mixer_" + mixer;
  }
}
