package org.peftbench.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.peftbench.image.Refusal.assertRefused;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {

  /** Where odd-profile.webp tells its width less one, in three bytes. */
  private static final int CANVAS_WIDTH_AT = 24;

  /** Where odd-profile.webp, after its VP8X chunk, tells the length of its profile. */
  private static final int ICC_LENGTH_AT = 34;

  @TempDir Path folder;

  static String[] formats() {
    return Images.formats();
  }

  @ParameterizedTest
  @MethodSource("formats")
  void everyWayOfStoringPixelsGivesPillowsValues(String name) {
    RgbImage decoded = ImageDecoder.decode(Images.resource("formats/" + name));
    RgbImage expected = ImageDecoder.decode(Images.resource("formats/" + name + ".expected.ppm"));
    assertEquals(0.0, Images.difference(decoded, expected));
  }

  @Test
  void plainPixelsAreReadAsWritten() throws IOException {
    Path file = write("a.ppm", "P6 2 1 255\n\1\2\3\u00fd\u00fe\u00ff");
    byte[] expected = {1, 2, 3, (byte) 253, (byte) 254, (byte) 255};
    assertArrayEquals(expected, ImageDecoder.decode(file).pixels());
  }

  @ParameterizedTest
  @MethodSource("formats")
  void wholeFilesPassTheCheck(String name) {
    assertDoesNotThrow(() -> ImageDecoder.check(Images.resource("formats/" + name)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "formats/progressive.jpg",
        "resize/wide.jpg",
        "resize/gray.jpg",
        "resize/cmyk.jpg",
        "resize/rgba.png",
        "resize/palette.png",
        "formats/lossless-alpha.webp",
        "formats/ascii.ppm",
      })
  void cutOffFilesAreRefusedByName(String name) throws IOException {
    byte[] whole = Files.readAllBytes(Images.resource(name));
    Path file = folder.resolve("cut-off");
    Files.write(file, Arrays.copyOf(whole, whole.length * 7 / 10));
    assertRefusedByBoth(file, "cut-off");
  }

  @Test
  void jpegWithAHoleIsRefusedInsteadOfFilledWithGray() throws IOException {
    byte[] file = Files.readAllBytes(Images.resource("resize/wide.jpg"));
    byte[] holed = Arrays.copyOf(file, file.length - 1000);
    System.arraycopy(file, 21_000, holed, 20_000, file.length - 21_000);
    Path path = Files.write(folder.resolve("holed.jpg"), holed);
    assertRefusedByDecode(path, "Corrupt JPEG data");
  }

  @Test
  void pngWithAFlippedBitIsRefused() throws IOException {
    byte[] file = Files.readAllBytes(Images.resource("resize/rgba.png"));
    file[file.length / 2] ^= 1;
    assertRefusedByDecode(Files.write(folder.resolve("flipped.png"), file), "checksum");
  }

  @Test
  void webpChunkLongerThanTheFileIsRefused() throws IOException {
    byte[] file = Files.readAllBytes(Images.resource("formats/odd-profile.webp"));
    file[ICC_LENGTH_AT + 3] = 0x7f;
    Path path = Files.write(folder.resolve("chunk.webp"), file);
    assertRefusedByDecode(path, "cut off in the chunk at byte 30");
  }

  @Test
  void colourProfileIsNotEvenRead() throws IOException {
    byte[] file = Files.readAllBytes(Images.resource("formats/odd-profile.webp"));
    Arrays.fill(file, ICC_LENGTH_AT + 4, ICC_LENGTH_AT + 100, (byte) 0x7f);
    Path path = Files.write(folder.resolve("profile.webp"), file);
    RgbImage whole = ImageDecoder.decode(Images.resource("formats/odd-profile.webp"));
    assertArrayEquals(whole.pixels(), ImageDecoder.decode(path).pixels());
  }

  @Test
  void webpThatPromisesMoreThanItHoldsIsRefused() throws IOException {
    byte[] file = Files.readAllBytes(Images.resource("formats/odd-profile.webp"));
    file[CANVAS_WIDTH_AT + 1] = (byte) 0xb9; // 47,384 pixels instead of 24
    assertRefusedByDecode(Files.write(folder.resolve("wide.webp"), file), "damaged");
  }

  @Test
  void longTrailerBehindAJpegIsNoDamage() throws IOException {
    byte[] file = Files.readAllBytes(Images.resource("resize/gray.jpg"));
    Path path = Files.write(folder.resolve("a.jpg"), Arrays.copyOf(file, file.length + 5000));
    assertDoesNotThrow(() -> ImageDecoder.check(path));
  }

  @Test
  void nameDoesNotDecideTheFormat() throws IOException {
    Path file = Files.copy(Images.resource("resize/rgba.png"), folder.resolve("image.jpg"));
    assertEquals(70, ImageDecoder.decode(file).width());
  }

  @ParameterizedTest
  @CsvSource({"30000,30000", "70000,1"})
  void hugeSizeIsRefusedFromTheHeader(int width, int height) throws IOException {
    byte[] file = Files.readAllBytes(Images.resource("resize/one_pixel.png"));
    ByteBuffer header = ByteBuffer.wrap(file).putInt(16, width).putInt(20, height);
    CRC32 crc = new CRC32();
    crc.update(file, 12, 17);
    header.putInt(29, (int) crc.getValue());
    assertRefusedByDecode(Files.write(folder.resolve("bomb.png"), file), width + " x " + height);
  }

  @Test
  void sizeThatTheFileCannotHoldIsRefusedFromTheHeader() throws IOException {
    String told = "more than 32 bytes can hold";
    assertRefusedByBoth(write("a.ppm", padded("P6\n10000 10000\n65535\n")), "10000 x 10000", told);
    assertRefusedByBoth(write("a.pgm", padded("P2\n10000 10000\n255\n")), "10000 x 10000", told);
    assertRefusedByBoth(write("a.gif", padded("GIF89a\u0010'\u0010'")), "10000", told);
    String frame = "\u00ff\u00d8\u00ff\u00c0\0\u000b\b'\u0010'\u0010\1\1\u0011\0";
    assertRefusedByBoth(write("a.jpg", padded(frame)), "10000 x 10000", told);
  }

  private static String padded(String start) {
    return start + "\0".repeat(32 - start.length());
  }

  @Test
  void animationsAreRefusedByName() throws IOException {
    byte[] file = Files.readAllBytes(Images.resource("formats/odd-profile.webp"));
    file[CANVAS_WIDTH_AT - 4] |= 2;
    assertRefusedByBoth(Files.write(folder.resolve("moving.webp"), file), "an animation");
  }

  @Test
  void progressiveJpegWithoutItsEndMarkIsRefused() throws IOException {
    byte[] file = Files.readAllBytes(Images.resource("formats/progressive.jpg"));
    Path path = Files.write(folder.resolve("a.jpg"), Arrays.copyOf(file, file.length - 2));
    assertRefusedByBoth(path, "JPEG");
  }

  @Test
  void libraryThatPixelsDependOnIsTold() {
    assertEquals(
        Optional.of(Codecs.JPEG_LIBRARY),
        ImageDecoder.check(Images.resource("formats/progressive.jpg")));
    assertEquals(
        Optional.of(Codecs.WEBP_LIBRARY),
        ImageDecoder.check(Images.resource("formats/lossy.webp")));
    assertEquals(Optional.empty(), ImageDecoder.check(Images.resource("formats/gray1.png")));
  }

  @Test
  void otherFilesAreRefused() throws IOException {
    assertRefusedByBoth(write("text.jpg", "hello, world, hello, world"), "not an image");
    assertRefusedByBoth(write("empty.jpg", ""), "empty");
    assertRefusedByBoth(folder.resolve("absent.jpg"), "no such file");
    assertRefusedByBoth(folder, folder.getFileName().toString());
  }

  @Test
  void headerAloneIsRefused() throws IOException {
    assertRefusedByBoth(write("a.jpg", "\u00ff\u00d8\u00ff"), "a.jpg");
    assertRefusedByBoth(write("a.png", "\u0089PNG\r\n\u001a\n"), "a.png");
    assertRefusedByDecode(write("a.webp", "RIFF\4\0\0\0WEBP"), "WebP");
    assertRefusedByBoth(write("a.pgm", "P5 99999 99999 255\n"), "a.pgm");
  }

  private Path write(String name, String latin1) throws IOException {
    return Files.write(folder.resolve(name), latin1.getBytes(ISO_8859_1));
  }

  private static void assertRefusedByBoth(Path file, String... words) {
    for (String word : words) {
      assertRefused(() -> ImageDecoder.decode(file), file.toString(), word);
      assertRefused(() -> ImageDecoder.check(file), file.toString(), word);
    }
  }

  private static void assertRefusedByDecode(Path file, String word) {
    assertRefused(() -> ImageDecoder.decode(file), file.toString(), word);
  }
}
