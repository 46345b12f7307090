package org.peftbench.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.peftbench.image.Interpolation.BICUBIC;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResamplingTest {

  private static final int FROM = 7;

  @ParameterizedTest
  @ValueSource(ints = {4, 11})
  void gridEqualsPillowsFloatResize(int to) throws IOException {
    List<String> expected =
        Files.readAllLines(Images.resource("formats/grid" + FROM + "to" + to + ".txt"));
    float[] actual = Resampling.resample(grid(1), FROM, to, 1, BICUBIC);
    assertEquals(expected.size(), actual.length);
    for (int i = 0; i < actual.length; i++) {
      assertEquals(Float.parseFloat(expected.get(i)), actual[i], 1e-5f);
    }
  }

  @Test
  void channelsDoNotMix() {
    float[] alone = Resampling.resample(grid(1), FROM, 5, 1, BICUBIC);
    float[] together = Resampling.resample(grid(3), FROM, 5, 3, BICUBIC);
    for (int i = 0; i < alone.length; i++) {
      assertEquals(alone[i], together[3 * i]);
      assertEquals(-alone[i], together[3 * i + 1]);
      assertEquals(2 * alone[i], together[3 * i + 2]);
    }
  }

  @ParameterizedTest
  @EnumSource
  void sameSideChangesNothing(Interpolation interpolation) {
    assertArrayEquals(grid(1), Resampling.resample(grid(1), FROM, FROM, 1, interpolation));
  }

  @Test
  void gridOfAnotherSizeIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Resampling.resample(new float[48], FROM, 5, 1, BICUBIC));
  }

  /** The grid of make_formats.py; further channels are multiples of the first. */
  private static float[] grid(int channels) {
    float[] factors = {1, -1, 2};
    float[] grid = new float[FROM * FROM * channels];
    for (int i = 0; i < grid.length; i++) {
      int cell = i / channels;
      grid[i] = factors[i % channels] * ((cell * cell * 7 + 3 * cell) % 23);
    }
    return grid;
  }
}
