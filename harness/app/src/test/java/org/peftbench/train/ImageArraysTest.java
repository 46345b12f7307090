package org.peftbench.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.peftbench.image.Normalization;

class ImageArraysTest {

  private static final int SIDE = 16;
  private static final int LEVELS = SIDE * SIDE;

  /** Red counts up from 0, green from 100, blue down from 255: each has all values. */
  private static byte[] image() {
    byte[] pixels = new byte[3 * LEVELS];
    for (int i = 0; i < LEVELS; i++) {
      pixels[3 * i] = (byte) i;
      pixels[3 * i + 1] = (byte) (100 + i);
      pixels[3 * i + 2] = (byte) (255 - i);
    }
    return pixels;
  }

  /** In float32, operation by operation, as PyTorch's own transforms compute. */
  private static float[] expected(Normalization normalization) {
    float[] values = new float[3 * LEVELS];
    for (int i = 0; i < LEVELS; i++) {
      int[] levels = {i, (100 + i) & 255, 255 - i};
      for (int channel = 0; channel < 3; channel++) {
        float value = levels[channel] / 255f;
        values[channel * LEVELS + i] =
            (value - normalization.mean()[channel]) / normalization.std()[channel];
      }
    }
    return values;
  }

  @ParameterizedTest
  @EnumSource
  void planesHoldShiftedAndScaledValuesToTheBit(Normalization normalization) {
    try (NDManager manager = NDManager.newBaseManager()) {
      ImageArrays arrays = new ImageArrays(SIDE, normalization, manager);
      byte[][] pixels = {new byte[3 * LEVELS], image()};
      NDArray bytes = arrays.of(manager, pixels, new HostMemory());
      assertEquals(DataType.UINT8, bytes.getDataType());
      NDArray floats = arrays.floats(bytes);
      assertEquals(new Shape(2, 3, SIDE, SIDE), floats.getShape());
      assertArrayEquals(expected(normalization), floats.get(1).toFloatArray());
    }
  }

  @Test
  void anImageOfAnotherSizeIsRefused() {
    try (NDManager manager = NDManager.newBaseManager()) {
      ImageArrays arrays = new ImageArrays(SIDE, Normalization.NONE, manager);
      byte[][] pixels = {image(), new byte[12]};
      HostMemory memory = new HostMemory();
      assertThrows(IllegalArgumentException.class, () -> arrays.of(manager, pixels, memory));
    }
  }
}
