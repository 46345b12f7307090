package org.peftbench.methods.dtl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import org.peftbench.model.Init;
import org.peftbench.model.Part;
import org.peftbench.model.TorchScript;
import org.peftbench.model.ViTConfig;

/**
 * DTL's blocks with one depthwise convolution over the grid of side patches, shared by all adapted
 * blocks: {@code kernel} (D, 1, k, k), Kaiming uniform.
 */
final class DtlPlusBlocks extends DtlBlocks {

  // DJL pads both sides alike; an even kernel needs one more on the right, as "same" gives it.
  private static final TorchScript SCRIPT =
      TorchScript.compile(
          """
            def convolve(self: __torch__.M, x: Tensor, w: Tensor) -> Tensor:
              return torch.conv2d(x, w, None, [1, 1], "same", [1, 1], torch.size(w, 0))
          """);

  private final long grid;

  DtlPlusBlocks(Part base, DtlPlusConfig config, ViTConfig vit) {
    super(base, vit, config.rank(), config.beta(), config.adapted(vit.depth()));
    grid = vit.grid();
    parameter("kernel", Init.kaimingUniform(), vit.width(), 1, config.kernel(), config.kernel());
  }

  @Override
  NDArray add(NDArray y, NDArray side) {
    y.get(new NDIndex(":, 0:1")).addi(side.get(new NDIndex(":, 0:1")));
    y.get(new NDIndex(":, 1:")).addi(convolved(side.get(new NDIndex(":, 1:"))));
    return y;
  }

  /** Patches (B, N - 1, D), as a map (B, D, G, G), and back. */
  private NDArray convolved(NDArray patches) {
    long batch = patches.getShape().get(0);
    long width = patches.getShape().get(2);
    NDArray map = patches.transpose(0, 2, 1).reshape(batch, width, grid, grid);
    return SCRIPT
        .call("convolve", new NDList(map, value("kernel")))
        .singletonOrThrow()
        .reshape(batch, width, grid * grid)
        .transpose(0, 2, 1);
  }
}
