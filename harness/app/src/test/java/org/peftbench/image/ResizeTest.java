package org.peftbench.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ResizeTest {

  static List<Arguments> pillowsResizes() throws IOException {
    JsonNode index = new ObjectMapper().readTree(Images.resource("resize/index.json").toFile());
    List<Arguments> cases = new ArrayList<>();
    for (var image : index.properties()) {
      for (var field : image.getValue().properties()) {
        if (field.getKey().startsWith("bi")) {
          String[] how = field.getKey().split("_", -1);
          cases.add(
              Arguments.of(
                  image.getKey(),
                  Interpolation.valueOf(how[0].toUpperCase(Locale.ROOT)),
                  Integer.parseInt(how[1]),
                  field.getValue().asText()));
        }
      }
    }
    return cases;
  }

  @ParameterizedTest
  @MethodSource("pillowsResizes")
  void equalsPillow(String name, Interpolation interpolation, int size, String expected) {
    RgbImage image = ImageDecoder.decode(Images.resource("resize/" + name));
    RgbImage square = Resize.toSquare(image, size, interpolation);
    RgbImage pillows = ImageDecoder.decode(Images.resource("resize/" + expected));
    assertEquals(0.0, Images.difference(square, pillows));
  }

  @Test
  void sameSizeChangesNothing() {
    RgbImage image = ImageDecoder.decode(Images.resource("resize/small_rgb.png"));
    for (Interpolation interpolation : Interpolation.values()) {
      assertArrayEquals(image.pixels(), Resize.toSquare(image, 32, interpolation).pixels());
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "1, 9, 5", "7, 1, 2", "41, 129, 5", "130, 257, 33", "64, 33, 64"})
  void equalsSamplesTakenOneByOne(int width, int height, int size) {
    byte[] pixels = new byte[3 * width * height];
    new Random(size).nextBytes(pixels);
    RgbImage image = new RgbImage(width, height, pixels);
    for (Interpolation interpolation : Interpolation.values()) {
      byte[] narrowed = lines(pixels, width, height, 3, size, interpolation);
      assertArrayEquals(
          lines(narrowed, height, 1, 3 * size, size, interpolation),
          Resize.toSquare(image, size, interpolation).pixels());
    }
  }

  /** From (lines, from, values) to (lines, size, values). */
  private static byte[] lines(
      byte[] in, int from, int lines, int values, int size, Interpolation interpolation) {
    Resampling weights = Resampling.of(from, size, interpolation);
    int[] fixed = weights.fixedPoint(22);
    byte[] out = new byte[lines * size * values];
    for (int i = 0; i < out.length; i++) {
      int to = i / values % size;
      long sum = 1 << 21;
      for (int tap = 0; tap < weights.count(to); tap++) {
        int sample = (i / values / size * from + weights.first(to) + tap) * values + i % values;
        sum += (long) fixed[weights.base(to) + tap] * (in[sample] & 255);
      }
      out[i] = (byte) Math.max(0, Math.min(255, sum >> 22));
    }
    return out;
  }
}
