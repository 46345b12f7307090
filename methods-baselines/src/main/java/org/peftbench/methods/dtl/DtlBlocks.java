package org.peftbench.methods.dtl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import org.peftbench.model.Init;
import org.peftbench.model.LinearMap;
import org.peftbench.model.Part;
import org.peftbench.model.TorchScript;
import org.peftbench.model.ViTConfig;

/**
 * The backbone's blocks with DTL's side network: every block's input adds to h, and h is added to
 * the output of the last M blocks, (B, N, D) to (B, N, D). As in the plain blocks, the input is
 * closed once it is read.
 *
 * <p>The first adapted block is the first whose output depends on anything trained: in all before
 * it, nothing is kept for a backward pass but the inputs x_i, which A_i's gradient needs.
 *
 * <ul>
 *   <li>{@code base}: the blocks
 *   <li>{@code a_i} (R, D), Kaiming uniform; {@code b_i} (D, R), zeros
 * </ul>
 */
class DtlBlocks extends Part {

  private static final TorchScript SCRIPT =
      TorchScript.compile(
          """
            def silu(self: __torch__.M, x: Tensor) -> Tensor:
              return torch.silu(x)
          """);

  private final int depth;
  private final int firstAdapted;
  private final double beta;

  DtlBlocks(Part base, ViTConfig vit, int rank, double beta, int adapted) {
    depth = vit.depth();
    firstAdapted = depth - adapted;
    this.beta = beta;
    add("base", base);
    for (int i = 0; i < depth; i++) {
      parameter("a_" + i, Init.kaimingUniform(), rank, vit.width());
      parameter("b_" + i, Init.ZEROS, vit.width(), rank);
    }
  }

  @Override
  public final NDArray forward(NDArray embedded, boolean training) {
    return scoped(
        () -> {
          NDArray x = embedded;
          // beta h rather than h: swish_beta(h) = silu(beta h) / beta then keeps one map alone.
          NDArray h = increment(0, x);
          for (int i = 0; i < depth; i++) {
            if (i > 0) {
              NDArray before = h;
              h = increment(i, x).addi(before);
              before.close();
            }
            NDArray before = x;
            x = block(i, before, h, training);
            before.close(); // memory must not grow with depth
          }
          return x;
        });
  }

  /** beta B_i A_i x. */
  private NDArray increment(int i, NDArray x) {
    return scoped(
        () -> {
          NDArray down = LinearMap.apply(x, value("a_" + i)); // (B, N, R)
          return LinearMap.apply(scaled(down, beta), value("b_" + i));
        });
  }

  /**
   * block_i(x), and swish_beta(h) added to it in place: no gradient needs what was there before.
   */
  private NDArray block(int i, NDArray x, NDArray h, boolean training) {
    return scoped(
        () -> {
          NDArray y = part("base." + i).forward(x, training);
          return i < firstAdapted
              ? y
              : add(y, scaled(SCRIPT.call("silu", new NDList(h)).singletonOrThrow(), 1 / beta));
        });
  }

  /** Adds the activated side tokens (B, N, D) to a block's output, and returns it. */
  NDArray add(NDArray y, NDArray side) {
    return y.addi(side);
  }
}
