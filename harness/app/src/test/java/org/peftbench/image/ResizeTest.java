package org.peftbench.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
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
}
