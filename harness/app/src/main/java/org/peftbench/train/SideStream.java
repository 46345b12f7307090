package org.peftbench.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.peftbench.model.TorchScript;

/**
 * A CUDA stream beside the one in which all threads begin, so that a thread's copies to a GPU need
 * not wait for what another computes there. DJL has no streams; TorchScript does where PyTorch was
 * built with CUDA.
 */
final class SideStream {

  private static final TorchScript SCRIPT =
      TorchScript.compile(
          """
            def enter(self: __torch__.M, here: Tensor) -> Tensor:
              stream = __torch__.torch.classes.cuda.Stream(here.device, 0)
              ops.cuda.set_stream(stream)
              return here
          """);

  private SideStream() {}

  /** Puts what this thread does on a manager's GPU from now on into a stream of its own. */
  static void enter(NDManager manager) {
    try (NDManager owner = manager.newSubManager()) {
      NDArray here = owner.zeros(new Shape(1));
      SCRIPT.call("enter", new NDList(here));
    }
  }
}
