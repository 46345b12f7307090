package org.peftbench.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peftbench.image.RgbImage;
import org.peftbench.video.FrameChoice;
import org.peftbench.video.FrameFolder;
import org.peftbench.video.FrameFormat;
import org.peftbench.video.Video;

class FfmpegDecoderTest {

  private static final int FRAMES = 40;

  /** Of full-range RGB, of the luma that is drawn. */
  private static final int BRIGHT = Math.round((VideoMaker.BRIGHT - 16) * 255 / 219F);

  private static final int DARK = Math.round((VideoMaker.DARK - 16) * 255 / 219F);
  private static final int TOLERANCE = 8;

  private final FfmpegDecoder decoder = new FfmpegDecoder();

  @TempDir Path folder;

  private Path video(String encoder, String ending, int frames) {
    Path file = folder.resolve("v." + ending);
    new VideoMaker(encoder).write(file, frames);
    return file;
  }

  private static int red(RgbImage image, int x, int y) {
    return image.pixels()[3 * (y * image.width() + x)] & 255;
  }

  private static void assertAbout(int expected, int found) {
    assertTrue(Math.abs(expected - found) <= TOLERANCE, "expected " + expected + ": " + found);
  }

  private int write(Path file, int most) throws IOException {
    FrameChoice choice =
        new FrameChoice(OptionalDouble.empty(), OptionalInt.empty(), most, FrameFormat.JPG, false);
    return new FrameFolder(decoder, choice, () -> {})
        .write(file, "00", folder.resolve("frames"))
        .frames();
  }

  private static String oneLine(IOException e) {
    String message = String.valueOf(e.getMessage());
    assertEquals(1, message.lines().count(), message);
    return message;
  }

  private String refusal(Path file) {
    return oneLine(assertThrows(IOException.class, () -> write(file, 10_000)));
  }

  @ParameterizedTest
  @CsvSource({"libopenh264,mp4,h264", "mpeg4,avi,mpeg4", "libvpx-vp9,webm,vp9"})
  void eachFrameIsWhatWasDrawn(String encoder, String ending, String codec) throws IOException {
    VideoMaker maker = new VideoMaker(encoder);
    try (Video video = decoder.open(video(encoder, ending, FRAMES))) {
      assertEquals(codec, video.facts().codec());
      assertEquals(64, video.facts().width());
      assertEquals(48, video.facts().height());
      assertEquals(4, video.facts().seconds().orElseThrow(), 0.01);
      assertEquals(10, video.facts().framesPerSecond().orElseThrow(), 0.01);
      for (int frame = 0; frame < FRAMES; frame++) {
        Video.Shown shown = video.next().orElseThrow();
        assertEquals(frame / 10.0, shown.begins(), 1e-6);
        assertEquals((frame + 1) / 10.0, shown.ends(), 1e-6);
        RgbImage image = video.image(OptionalInt.empty());
        assertEquals(64, image.width());
        assertEquals(48, image.height());
        int bar = maker.column(frame, FRAMES);
        assertAbout(BRIGHT, red(image, bar + 4, 20));
        assertAbout(DARK, red(image, (bar + 32) % 64, 20));
      }
      assertEquals(Optional.empty(), video.next());
    }
  }

  @ParameterizedTest
  @CsvSource({"libopenh264,mp4", "mpeg4,avi", "libvpx-vp9,webm"})
  void aFileThatWasCutOffIsRefused(String encoder, String ending) throws IOException {
    Path file = video(encoder, ending, FRAMES);
    byte[] bytes = Files.readAllBytes(file);
    for (double part : new double[] {0.01, 0.3, 0.6, 0.85}) {
      Files.write(file, Arrays.copyOf(bytes, (int) (part * bytes.length)));
      assertTrue(!refusal(file).isBlank());
    }
  }

  @Test
  void whatCutsOffIsSaid() throws IOException {
    Path mp4 = video("libopenh264", "mp4", FRAMES);
    Files.write(mp4, Arrays.copyOf(Files.readAllBytes(mp4), (int) (Files.size(mp4) / 2)));
    assertEquals(
        "no video that can be read: Invalid data found when processing input (moov atom not"
            + " found)",
        refusal(mp4));
    Path webm = video("libvpx-vp9", "webm", FRAMES);
    Files.write(webm, Arrays.copyOf(Files.readAllBytes(webm), (int) (Files.size(webm) / 2)));
    assertTrue(
        refusal(webm).matches("its frames end after .* s, and its header says 4.00 s \\(cut off.*"),
        refusal(webm));
  }

  @Test
  void bytesThatAreDamagedAreNoticed() throws IOException {
    Path file = video("mpeg4", "avi", FRAMES);
    byte[] bytes = Files.readAllBytes(file);
    new Random(5)
        .ints(50, bytes.length * 3 / 4, bytes.length * 7 / 8)
        .forEach(at -> bytes[at] ^= 85);
    Files.write(file, bytes);
    String refusal = refusal(file);
    assertTrue(
        refusal.matches("frame \\d+, after .* s, is damaged|it is broken after .*"), refusal);
  }

  @Test
  void noFileOfRandomBytesEndsTheProcess() throws IOException {
    for (String[] kind : new String[][] {{"libopenh264", "mp4"}, {"libvpx-vp9", "webm"}}) {
      byte[] whole = Files.readAllBytes(video(kind[0], kind[1], FRAMES));
      Random random = new Random(3);
      for (int trial = 0; trial < 50; trial++) {
        byte[] bytes = whole.clone();
        random.ints(1 + trial, 0, bytes.length).forEach(at -> bytes[at] = (byte) random.nextInt());
        Path file = Files.write(folder.resolve("random." + kind[1]), bytes);
        try (Video video = decoder.open(file)) {
          for (int frame = 0; frame < 1000 && video.next().isPresent(); frame++) {
            var unused = video.image(OptionalInt.of(8));
          }
        } catch (IOException e) {
          assertTrue(!oneLine(e).isBlank());
        }
      }
    }
  }

  @Test
  void aHundredThousandFramesAreMetAtTheDoor() {
    Path file = folder.resolve("long.avi");
    new VideoMaker("mpeg4", 16, 16, 25, 0).write(file, 100_000);
    assertEquals(
        "100000 frames, expected at most 10000; fewer with --frames-per-second, or more with"
            + " --most-frames",
        refusal(file));
  }

  @ParameterizedTest
  @CsvSource({"4", "4000"})
  void aHeaderThatLiesAboutTheLengthIsNotBelieved(int frames) throws IOException {
    int really = 37; // no other number of the header is this one
    Path file = video("mpeg4", "avi", really);
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int found = 0;
    for (int at = 0; at < 300; at += 4) {
      if (bytes.getInt(at) == really) { // of the file, and of its one stream
        bytes.putInt(at, frames);
        found++;
      }
    }
    assertEquals(2, found);
    Files.write(file, bytes.array());
    assertTrue(
        refusal(file).startsWith("its frames end after 3.70 s, and its header says"),
        () -> refusal(file));
  }

  @Test
  void listsOfOtherFilesAreNoVideos() throws IOException {
    Path secret = video("mpeg4", "avi", FRAMES);
    for (String text :
        new String[] {
          "ffconcat version 1.0\nfile '" + secret + "'\n",
          "#EXTM3U\n#EXTINF:1,\n" + secret + "\n#EXT-X-ENDLIST\n",
          "#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:1/v.ts\n",
          "just a text\n"
        }) {
      Path list = folder.resolve("list.mp4");
      Files.write(list, text.getBytes(StandardCharsets.UTF_8));
      assertTrue(refusal(list).startsWith("no video that can be read: "), refusal(list));
    }
  }

  @ParameterizedTest
  @CsvSource({"0,64,48", "90,48,64", "180,64,48", "-90,48,64"})
  void framesAreUpright(int rotation, int width, int height) throws IOException {
    Path file = folder.resolve("v.mp4");
    VideoMaker maker = new VideoMaker("libopenh264", 64, 48, 10, rotation);
    maker.write(file, FRAMES);
    try (Video video = decoder.open(file)) {
      assertEquals(width, video.facts().width());
      var first = video.next();
      assertTrue(first.isPresent());
      RgbImage image = video.image(OptionalInt.empty());
      assertEquals(width, image.width());
      assertEquals(height, image.height());
      // The bar is at the left at first: turned clockwise, at the top.
      assertAbout(rotation == 0 ? BRIGHT : DARK, red(image, 4, 24));
      assertAbout(rotation == 180 ? BRIGHT : DARK, red(image, width - 4, 24));
      assertAbout(rotation == -90 ? BRIGHT : DARK, red(image, 24, height - 4));
      assertAbout(rotation == 90 ? BRIGHT : DARK, red(image, 24, 4));
    }
  }

  @Test
  void theShorterSideIsWhatIsAskedFor() throws IOException {
    try (Video video = decoder.open(video("mpeg4", "avi", FRAMES))) {
      assertTrue(video.next().isPresent());
      RgbImage half = video.image(OptionalInt.of(24));
      assertEquals(32, half.width());
      assertEquals(24, half.height());
      assertAbout(BRIGHT, red(half, 1, 10));
      assertAbout(DARK, red(half, 20, 10));
    }
  }
}
