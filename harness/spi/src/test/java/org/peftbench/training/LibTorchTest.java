package org.peftbench.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;

class LibTorchTest {

  @Test
  void theLibrarySaysWhatItIs() {
    try (NDManager manager = NDManager.newBaseManager()) {
      manager.ones(new Shape(1)).close();
      assertTrue(LibTorch.loaded().config().contains("TORCH_VERSION=2.7.1"));
    }
  }

  @Test
  void tf32IsAllowedAndForbidden() {
    try (NDManager manager = NDManager.newBaseManager()) {
      manager.ones(new Shape(1)).close();
      LibTorch.loaded().allowTf32(true);
      assertTrue(LibTorch.loaded().allowsTf32());
      LibTorch.loaded().allowTf32(false);
      assertFalse(LibTorch.loaded().allowsTf32());
    }
  }

  /** 1.00390625 is 1 + 2^-8, which bfloat16's eight bits of fraction do not hold. */
  @Test
  void autocastLowersProductsUntilItIsClosed() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray one = manager.full(new Shape(1, 1), 1f);
      NDArray x = manager.full(new Shape(1, 1), 1.00390625f);
      assertEquals(1.00390625f, product(x, one));
      try (Autocast off = Autocast.open(Device.cpu(), false)) {
        assertEquals(1.00390625f, product(x, one));
      }
      try (Autocast cast = Autocast.open(Device.cpu(), true)) {
        assertEquals(1, product(x, one));
        assertEquals(1.00390625f, x.mul(one).getFloat(), "not a product of matrices");
      }
      assertEquals(1.00390625f, product(x, one));
    }
  }

  private static float product(NDArray x, NDArray y) {
    return x.matMul(y).toType(DataType.FLOAT32, false).getFloat();
  }
}
