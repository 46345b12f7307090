package org.peftbench.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peftbench.image.RgbImage;

class TurnTest {

  private static final int ONE = 1 << 16;

  /** Two pixels above two, above two: 1 2, 3 4, 5 6. */
  private static RgbImage image() {
    byte[] pixels = new byte[3 * 6];
    for (int i = 0; i < 6; i++) {
      pixels[3 * i] = (byte) (i + 1);
    }
    return new RgbImage(2, 3, pixels);
  }

  private static int[] reds(RgbImage image) {
    int[] reds = new int[image.width() * image.height()];
    for (int i = 0; i < reds.length; i++) {
      reds[i] = image.pixels()[3 * i];
    }
    return reds;
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, 0, 1, 2, 1 2 3 4 5 6",
    "0, 1, -1, 0, 3, 5 3 1 6 4 2", // clockwise
    "-1, 0, 0, -1, 2, 6 5 4 3 2 1",
    "0, -1, 1, 0, 3, 2 4 6 1 3 5", // counterclockwise
    "-1, 0, 0, 1, 2, 2 1 4 3 6 5", // left and right change places
    "1, 0, 0, -1, 2, 5 6 3 4 1 2", // top and bottom do
    "0, 1, 1, 0, 3, 1 3 5 2 4 6", // rows become columns
    "0, -1, -1, 0, 3, 6 4 2 5 3 1"
  })
  void pixelsGoWhereTheMatrixSays(int a, int b, int c, int d, int width, String reds)
      throws IOException {
    for (int scale : new int[] {1, ONE, 3 * ONE / 2}) {
      Turn turn = Turn.of(a * scale, b * scale, c * scale, d * scale);
      RgbImage turned = turn.upright(image());
      assertEquals(width, turned.width());
      assertArrayEquals(
          Arrays.stream(reds.split(" ", -1)).mapToInt(Integer::parseInt).toArray(), reds(turned));
    }
  }

  @Test
  void whatIsNoTurnByQuartersIsRefused() {
    assertThrows(IOException.class, () -> Turn.of(ONE, ONE, -ONE, ONE));
    assertThrows(IOException.class, () -> Turn.of(0, 0, 0, 0));
    assertThrows(IOException.class, () -> Turn.of(ONE, 0, ONE, 0));
    assertThrows(
        IOException.class,
        () -> Turn.of(Integer.MIN_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MIN_VALUE));
  }
}
