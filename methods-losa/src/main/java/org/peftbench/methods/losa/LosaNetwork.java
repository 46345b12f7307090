package org.peftbench.methods.losa;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;
import org.peftbench.methods.losa.LosaConfig.Start;
import org.peftbench.spi.FrozenBackbone;
import org.peftbench.spi.SideNetwork;

/** The side stream: y_i = y_{i-1} + g_i(b_i + y_{i-1}) along the taps b_i (B, N, D). */
final class LosaNetwork extends SideNetwork {

  private final LosaConfig config;
  private final FrozenBackbone backbone;
  private final List<LowRankMixer> mixers = new ArrayList<>();

  LosaNetwork(LosaConfig config, FrozenBackbone backbone) {
    this.config = config;
    this.backbone = backbone;
    for (int i = 1; i <= LosaMethod.depths(config, backbone.config()).size(); i++) {
      mixers.add(add("mixer_" + i, new LowRankMixer(config, backbone.config())));
    }
  }

  @Override
  public NDArray forward(NDList taps, boolean training) {
    return scoped(
        () -> {
          NDList blocks = config.start() == Start.EMBEDDING ? taps.subNDList(1) : taps;
          int last = mixers.size() - 1;
          NDArray stream = first(taps);
          for (int i = 0; i <= last; i++) {
            NDArray before = stream;
            int tokens = i < last ? backbone.config().tokens() : backbone.tokensRead();
            stream = mixers.get(i).next(before, blocks.get(i), tokens, training);
            if (i > 0) {
              before.close(); // without gradients, memory must not grow with the depth
            }
          }
          return backbone.represent(stream);
        });
  }

  private NDArray first(NDList taps) {
    return switch (config.start()) {
      case LAST_BLOCK -> taps.get(taps.size() - 1);
      case EMBEDDING -> taps.get(0);
      case ZERO -> taps.get(0).zerosLike();
    };
  }
}
