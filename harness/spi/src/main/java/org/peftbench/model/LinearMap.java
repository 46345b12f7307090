package org.peftbench.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;

/**
 * The linear map y = x W^T + b of tokens, as PyTorch's {@code torch.nn.functional.linear}.
 *
 * <p>On a CPU, float32 values pass through a convolution of one pixel by one, which is the same
 * sum: PyTorch hands convolutions to oneDNN, which uses all that a processor has, and matrix
 * products to MKL, which on other makers' processors does not. On an AMD EPYC with AVX-512 it takes
 * half the time, and for the gradients of a low rank a fifth.
 *
 * <p>A convolution keeps its input for the weight's gradient, wanted or not. Where the weight is
 * frozen, what is kept is made to point at memory that nobody ever touches.
 */
public final class LinearMap {

  /**
   * The definition, for functions that call {@code self.linear(x, weight, bias)} with a weight that
   * is trained, or {@code self.mapped(x, weight, bias, untouched)} with any.
   */
  // PyTorch has oneDNN for convolutions of more than 20,480 values, and with one thread only for
  // those that are dilated, which a kernel of one pixel is without a difference. Each result is a
  // new array, not a view: what is added to a view in place has a gradient that is copied. Sizes
  // are asked of the image last, for TorchScript leaves out what changes values that nothing reads
  // afterwards.
  public static final String SOURCE =
      """
        def linear(self: __torch__.M, x: Tensor, weight: Tensor, bias: Optional[Tensor]) -> Tensor:
          return self.mapped(x, weight, bias, None)
        def mapped(self: __torch__.M, x: Tensor, weight: Tensor, bias: Optional[Tensor], untouched: Optional[Tensor]) -> Tensor:
          low = torch.is_autocast_enabled() or torch.is_autocast_cpu_enabled()
          if low or x.is_cuda or x.dtype != 6 or torch.numel(x) <= 20480:
            y = torch.linear(x, weight, bias)
          else:
            rows = torch._unsafe_view(torch.contiguous(x), [1, 1, -1, torch.size(x, -1)])
            image = torch.permute(rows, [0, 3, 1, 2])
            kernel = torch.unsqueeze(torch.unsqueeze(weight, -1), -1)
            out = torch.contiguous(torch.permute(torch.conv2d(image, kernel, bias, [1, 1], [0, 0], [2, 1]), [0, 2, 3, 1]))
            if untouched is not None and x.requires_grad and not weight.requires_grad:
              other = torch.reshape(torch.narrow(untouched, 0, 0, torch.numel(x)), torch.size(rows))
              torch.set_data(rows, other)
              torch.set_data(image, torch.permute(other, [0, 3, 1, 2]))
            shape = torch.size(x)
            shape[-1] = torch.numel(out) // torch.size(image, 3)
            y = torch._unsafe_view(out, shape)
          return y
      """;

  private static final TorchScript SCRIPT =
      TorchScript.compile(
          SOURCE
              + """
                def plain(self: __torch__.M, x: Tensor, weight: Tensor, untouched: Tensor) -> Tensor:
                  return self.mapped(x, weight, None, untouched)
                def biased(self: __torch__.M, x: Tensor, weight: Tensor, bias: Tensor, untouched: Tensor) -> Tensor:
                  return self.mapped(x, weight, bias, untouched)
              """);

  private static final NDManager HOST = NDManager.newBaseManager(Device.cpu(), "PyTorch");

  /** So much that the system gives new pages for it, which take no memory until they are used. */
  private static final long FEWEST = 1L << 24;

  private static NDArray untouched = reserve(FEWEST);

  private LinearMap() {}

  /**
   * Computes x W^T.
   *
   * @param x (..., in)
   * @param weight W (out, in)
   * @return (..., out), a map of its own that callers may add to in place
   */
  public static NDArray apply(NDArray x, NDArray weight) {
    return SCRIPT.call("plain", new NDList(x, weight, untouched(x.size()))).singletonOrThrow();
  }

  /**
   * Computes x W^T + b.
   *
   * @param x (..., in)
   * @param weight W (out, in)
   * @param bias b (out)
   * @return (..., out), a map of its own that callers may add to in place
   */
  public static NDArray apply(NDArray x, NDArray weight, NDArray bias) {
    return SCRIPT
        .call("biased", new NDList(x, weight, bias, untouched(x.size())))
        .singletonOrThrow();
  }

  /** What {@code self.mapped} takes last, for inputs of so many values. */
  static synchronized NDArray untouched(long values) {
    if (untouched.size() < values) {
      untouched = reserve(2 * values); // the one before may be in another thread's hands
    }
    return untouched;
  }

  private static NDArray reserve(long values) {
    NDArray array = HOST.create(new Shape(values));
    NDScope.unregister(array); // it outlives the caller's scope
    return array;
  }
}
