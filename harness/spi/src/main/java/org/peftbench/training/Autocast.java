package org.peftbench.training;

import ai.djl.Device;

/**
 * PyTorch's autocast to bfloat16: while it is open, what this thread computes follows PyTorch's own
 * list of operators that are safe in it (matrix products, convolutions, attention), and casts the
 * values they take. A backward pass belongs outside; its operators follow the forward pass's types.
 */
public final class Autocast implements AutoCloseable {

  private final Device device;
  private final boolean on;

  private Autocast(Device device, boolean on) {
    this.device = device;
    this.on = on;
    if (on) {
      LibTorch.loaded().autocast(device, true);
    }
  }

  /**
   * Opens it, or nothing.
   *
   * @param wanted whether to open it
   */
  public static Autocast open(Device device, boolean wanted) {
    return new Autocast(device, wanted);
  }

  @Override
  public void close() {
    if (on) {
      LibTorch.loaded().autocast(device, false);
    }
  }
}
