package org.peftbench.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NormalizationTest {

  // Two by two pixels: red, green and blue count up from 0, 100 and 252.
  private static final byte[] PIXELS = {
    0, 100, (byte) 252, 1, 101, (byte) 253, 2, 102, (byte) 254, 3, 103, (byte) 255
  };

  @ParameterizedTest
  @EnumSource
  void planesHoldShiftedAndScaledValues(Normalization normalization) {
    FloatBuffer buffer = FloatBuffer.allocate(15);
    buffer.position(2);
    normalization.toFloats(PIXELS, 2, buffer);
    assertEquals(14, buffer.position());
    int[] starts = {0, 100, 252};
    for (int channel = 0; channel < 3; channel++) {
      for (int i = 0; i < 4; i++) {
        double value = (starts[channel] + i) / 255.0;
        double expected = (value - normalization.mean()[channel]) / normalization.std()[channel];
        assertEquals(expected, buffer.get(2 + 4 * channel + i), 1e-6);
      }
    }
  }

  @Test
  void inceptionGoesFromMinusOneToOne() {
    FloatBuffer buffer = FloatBuffer.allocate(12);
    Normalization.INCEPTION.toFloats(PIXELS, 2, buffer);
    assertEquals(-1f, buffer.get(0));
    assertEquals(1f, buffer.get(11));
  }

  @Test
  void imageOfAnotherSizeIsRefused() {
    FloatBuffer buffer = FloatBuffer.allocate(100);
    assertThrows(
        IllegalArgumentException.class, () -> Normalization.NONE.toFloats(PIXELS, 3, buffer));
  }
}
