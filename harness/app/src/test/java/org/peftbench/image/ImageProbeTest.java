package org.peftbench.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageProbeTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg"})
  void itsSizeIsReadFromItsHead(String format) throws IOException {
    Path file = folder.resolve("image");
    ImageIO.write(new BufferedImage(7, 5, BufferedImage.TYPE_INT_RGB), format, file.toFile());
    assertEquals(Optional.of(new ImageProbe(7, 5)), ImageProbe.of(file));
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, 18));
    assertThrows(IOException.class, () -> ImageProbe.of(file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "text", "P7\n1 1\n255\nabc", "GIF8"})
  void whatIsNeitherIsTold(String content) throws IOException {
    Path file = Files.writeString(folder.resolve("x"), content, StandardCharsets.US_ASCII);
    assertEquals(Optional.empty(), ImageProbe.of(file));
  }
}
