package org.peftbench.worker;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Optional;

/**
 * The memory that this process holds of its GPU. PyTorch's allocator keeps what is freed, and a
 * driver counts what it keeps; what is computed there is queued, and goes on when a call returns.
 */
final class CudaHeap {

  /** A value on the GPU. To read it, all that was queued before must have ended. */
  private final Optional<NDArray> mark;

  private CudaHeap(Optional<NDArray> mark) {
    this.mark = mark;
  }

  /** None: for what computes on the processors, and before there is an engine. */
  static CudaHeap none() {
    return new CudaHeap(Optional.empty());
  }

  /** That of a device, which may be the processors; it lasts as long as this process. */
  static CudaHeap of(Device device) {
    return device.isGpu()
        ? new CudaHeap(Optional.of(NDManager.newBaseManager(device).ones(new Shape(1))))
        : none();
  }

  /** Waits until all is done that was queued. */
  void finish() {
    mark.ifPresent(NDArray::toFloatArray);
  }

  /** Gives what is free back to the driver. */
  void empty() {
    mark.ifPresent(value -> JniUtils.emptyCudaCache());
  }
}
