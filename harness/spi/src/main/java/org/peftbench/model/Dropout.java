package org.peftbench.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/**
 * Dropout (Srivastava et al. 2014): values become zero at random, and the others grow in return.
 *
 * <p>On a CPU, PyTorch's own takes longer to draw its numbers than the layers around it to compute,
 * and keeps a map of floats for the gradient. Here 31 random bits decide on a value, and a byte a
 * value is kept.
 */
final class Dropout {

  private static final TorchScript SCRIPT =
      TorchScript.compile(
          """
            def dropout(self: __torch__.M, x: Tensor, rate: Tensor) -> Tensor:
              p = float(rate)
              if x.is_cuda:
                y = torch.dropout(x, p, True)
              else:
                draws = torch.random_(torch.empty(torch.size(x), dtype=3))
                dropped = torch.lt(draws, int(p * 2147483648.))
                y = torch.mul_(torch.masked_fill(x, dropped, 0), 1. / (1. - p))
              return y
          """);

  private Dropout() {}

  /**
   * Drops values, whoever asks.
   *
   * @param rate how often, between 0 and 1
   */
  static NDArray apply(NDArray x, double rate) {
    return SCRIPT.call("dropout", new NDList(x, Numbers.of((float) rate))).singletonOrThrow();
  }
}
