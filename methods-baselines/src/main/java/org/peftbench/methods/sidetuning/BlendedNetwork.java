package org.peftbench.methods.sidetuning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Activation;
import org.peftbench.layers.NarrowSizes;
import org.peftbench.layers.Readout;
import org.peftbench.model.Init;
import org.peftbench.model.Linear;
import org.peftbench.model.TransformerBlock;
import org.peftbench.model.ViTConfig;
import org.peftbench.spi.SideNetwork;

/**
 * The side network S of the embedded image z_0 (B, N, D), blended with the frozen representation
 * (B, D).
 *
 * <ul>
 *   <li>{@code alpha} (1): before the sigmoid of the blend
 *   <li>{@code down}: linear, D to D/r
 *   <li>{@code block_i}: transformer block of width D/r
 *   <li>{@code readout}: norm, pooling, D/r to D without bias
 * </ul>
 */
final class BlendedNetwork extends SideNetwork {

  private final int depth;

  BlendedNetwork(SideTuningConfig config, ViTConfig backbone) {
    depth = config.depth();
    ViTConfig narrow = NarrowSizes.of(backbone, config.reduction());
    parameter("alpha", Init.ZEROS, 1);
    add("down", new Linear(backbone.width(), narrow.width(), Init.kaimingUniform()));
    for (int i = 1; i <= depth; i++) {
      add("block_" + i, new TransformerBlock(narrow));
    }
    add("readout", new Readout(narrow, backbone.width(), Init.kaimingUniform(), false));
  }

  @Override
  public NDArray forward(NDList taps, boolean training) {
    return scoped(
        () -> {
          NDArray backbone = taps.get(0);
          NDArray side = side(taps.get(1), training);
          NDArray a = Activation.sigmoid(value("alpha"));
          return side.add(backbone.sub(side).mul(a)); // a B + (1 - a) S
        });
  }

  private NDArray side(NDArray embedded, boolean training) {
    return scoped(
        () -> {
          NDArray h = part("down").forward(embedded, training);
          for (int i = 1; i <= depth; i++) {
            NDArray before = h;
            h = part("block_" + i).forward(before, training);
            before.close(); // without gradients, memory must not grow with depth
          }
          return part("readout").forward(h, training);
        });
  }
}
