package org.peftbench.methods.lst;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import org.peftbench.layers.NarrowSizes;
import org.peftbench.layers.Readout;
import org.peftbench.model.Init;
import org.peftbench.model.Linear;
import org.peftbench.model.LinearMap;
import org.peftbench.model.TorchScript;
import org.peftbench.model.TransformerBlock;
import org.peftbench.model.ViTConfig;
import org.peftbench.spi.SideNetwork;

/**
 * A narrow transformer whose block i also reads what leaves block i of the backbone: z_0..z_L (B,
 * N, D) to (B, D).
 *
 * <ul>
 *   <li>{@code first}, {@code down_i}: linear, D to D/r
 *   <li>{@code alpha_i} (1): before the sigmoid of gate i
 *   <li>{@code block_i}: transformer block of width D/r
 *   <li>{@code readout}: norm, pooling, D/r to D
 * </ul>
 */
final class LadderNetwork extends SideNetwork {

  private static final Init DOWN_AND_UP = Init.normal(0.01);

  // As down + gate (h - down), in place: one map is kept for the gate's gradient, not two.
  private static final TorchScript SCRIPT =
      TorchScript.compile(
          LinearMap.SOURCE
              + """
            def gated(self: __torch__.M, h: Tensor, z: Tensor, weight: Tensor, bias: Tensor, alpha: Tensor, temperature: Tensor) -> Tensor:
              gate = torch.sigmoid(alpha / temperature)
              down = self.linear(torch.flatten(z, 0, 1), weight, bias)
              mixed = torch.add_(down, (torch.flatten(h, 0, 1) - down) * gate)
              return torch.reshape(mixed, torch.size(h))
          """);

  private final int depth;
  private final double temperature;

  LadderNetwork(LstConfig config, ViTConfig backbone) {
    depth = backbone.depth();
    temperature = config.temperature();
    ViTConfig narrow = NarrowSizes.of(backbone, config.reduction());
    add("first", new Linear(backbone.width(), narrow.width(), DOWN_AND_UP));
    for (int i = 1; i <= depth; i++) {
      add("down_" + i, new Linear(backbone.width(), narrow.width(), DOWN_AND_UP));
      parameter("alpha_" + i, Init.ZEROS, 1);
      add("block_" + i, new TransformerBlock(narrow));
    }
    add("readout", new Readout(narrow, backbone.width(), DOWN_AND_UP, true));
  }

  @Override
  public NDArray forward(NDList taps, boolean training) {
    return scoped(
        () -> {
          NDArray h = part("first").forward(taps.get(0), training);
          for (int i = 1; i <= depth; i++) {
            NDArray before = h;
            h = rung(i, before, taps.get(i), training);
            before.close(); // without gradients, memory must not grow with depth
          }
          return part("readout").forward(h, training);
        });
  }

  /** block_i(gate h + (1 - gate) down_i(z)). */
  private NDArray rung(int i, NDArray h, NDArray z, boolean training) {
    return scoped(
        () -> {
          NDList arguments =
              new NDList(
                  h,
                  z,
                  value("down_" + i + ".weight"),
                  value("down_" + i + ".bias"),
                  value("alpha_" + i),
                  number(temperature));
          NDArray mixed = SCRIPT.call("gated", arguments).singletonOrThrow();
          return part("block_" + i).forward(mixed, training);
        });
  }
}
