package org.peftbench.video;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peftbench.WrongInputException;
import org.peftbench.file.FolderLock;

class FrameFolderTest {

  private static final OptionalDouble ALL = OptionalDouble.empty();

  @TempDir Path folder;
  private Path video;
  private Path out;

  @BeforeEach
  void writeFile() throws IOException {
    video = Files.writeString(folder.resolve("v.avi"), "anything");
    out = folder.resolve("out");
  }

  private static FrameChoice choice(OptionalDouble perSecond, int most) {
    return new FrameChoice(perSecond, OptionalInt.empty(), most, FrameFormat.PNG, false);
  }

  private FramesOf write(PlayedVideo decoder, FrameChoice choice) throws IOException {
    return new FrameFolder(decoder, choice, () -> {}).write(video, "00", out);
  }

  private static PlayedVideo seconds(double seconds, double perSecond) {
    return new PlayedVideo(
        (int) Math.round(seconds * perSecond), perSecond, OptionalDouble.of(seconds), -1);
  }

  /** The numbers of the frames that were written, read from their pixels. */
  private List<Integer> written() throws IOException {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 1; Files.exists(out.resolve("img_%05d.png".formatted(i))); i++) {
      numbers.add(
          ImageIO.read(out.resolve("img_%05d.png".formatted(i)).toFile()).getRGB(0, 0) & 255);
    }
    return numbers;
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void allFramesAreWrittenAndSaidToBe() throws IOException {
    FramesOf what = write(seconds(2, 10), choice(ALL, 100));
    assertEquals(IntStream.range(0, 20).boxed().toList(), written());
    assertEquals(20, what.frames());
    assertEquals(what, FramesOf.read(out).orElseThrow());
    assertTrue(what.comeFrom(what.sha256(), choice(ALL, 200)), "the same images");
    assertFalse(what.comeFrom(what.sha256(), choice(OptionalDouble.of(1), 100)));
    assertFalse(what.comeFrom("01", choice(ALL, 100)));
    assertEquals(List.of("out", "v.avi"), names());
  }

  @Test
  void fewerASecondAreTheFirstOfEachPart() throws IOException {
    write(seconds(2, 10), choice(OptionalDouble.of(4), 100));
    // begins at 0, .25, .5, ... : frames at 0, .3, .5, .8, 1, ...
    assertEquals(List.of(0, 3, 5, 8, 10, 13, 15, 18), written());
  }

  /** Times that are rounded to milliseconds are before and behind what they should be. */
  @ParameterizedTest
  @CsvSource({"30,30", "24,24", "12,12", "30,15", "60,30", "30,10", "25,5", "24,8"})
  void everySoManythFrameOfARateThatDivides(int rate, int perSecond) throws IOException {
    write(seconds(8, rate), choice(OptionalDouble.of(perSecond), 1000));
    int every = rate / perSecond;
    assertEquals(
        IntStream.range(0, 8 * perSecond).map(i -> every * i & 255).boxed().toList(), written());
  }

  @Test
  void moreASecondThanThereAreIsAllOfThem() throws IOException {
    write(seconds(2, 10), choice(OptionalDouble.of(1000), 100));
    assertEquals(IntStream.range(0, 20).boxed().toList(), written());
  }

  private void assertRefused(String message, PlayedVideo decoder, int most) throws IOException {
    IOException refused = assertThrows(IOException.class, () -> write(decoder, choice(ALL, most)));
    assertEquals(message, refused.getMessage());
    assertEquals(List.of("v.avi"), names());
  }

  @Test
  void aLongVideoIsRefusedBeforeItIsDecoded() throws IOException {
    assertRefused(
        "90000 frames, expected at most 10000; fewer with --frames-per-second, or more with --most-frames",
        new PlayedVideo(90_000, 25, OptionalDouble.of(3600), 0),
        10_000);
  }

  @Test
  void aVideoThatHidesItsLengthIsStoppedAtTheLimit() throws IOException {
    assertRefused(
        "more than 50 frames, expected at most 50; fewer with --frames-per-second, or more with"
            + " --most-frames",
        new PlayedVideo(90_000, 25, OptionalDouble.empty(), -1),
        50);
  }

  @Test
  void aLengthThatIsNotTheHeadersIsRefusedUnlessItIsTaken() throws IOException {
    PlayedVideo cut = new PlayedVideo(12, 10, OptionalDouble.of(2), -1);
    assertRefused(
        "its frames end after 1.20 s, and its header says 2.00 s (cut off?); --any-length takes it"
            + " as it is",
        cut,
        100);
    assertRefused(
        "its frames end after 4.00 s, and its header says 2.00 s; --any-length takes it as it is",
        new PlayedVideo(40, 10, OptionalDouble.of(2), -1),
        100);
    FrameChoice any = new FrameChoice(ALL, OptionalInt.empty(), 100, FrameFormat.PNG, true);
    assertEquals(12, write(cut, any).frames());
    Path other = folder.resolve("other");
    PlayedVideo says = new PlayedVideo(12, 10, OptionalDouble.of(4000), -1);
    assertEquals(12, new FrameFolder(says, any, () -> {}).write(video, "00", other).frames());
  }

  @Test
  void nothingIsLeftOfABrokenVideo() throws IOException {
    assertRefused("frame 7 is damaged", new PlayedVideo(20, 10, OptionalDouble.of(2), 7), 100);
  }

  @Test
  void whatAnEndedCommandLeftIsInNobodysWay() throws IOException {
    Path partial = Files.createDirectories(folder.resolve(".out.part"));
    Files.writeString(partial.resolve("img_00099.png"), "half a file");
    write(seconds(1, 10), choice(ALL, 100));
    assertFalse(Files.exists(out.resolve("img_00099.png")));
    assertEquals(List.of("out", "v.avi"), names());
  }

  @Test
  void twoCommandsDoNotWriteOneFolder() throws IOException {
    try (FolderLock other = FolderLock.take(FrameFolder.partial(out))) {
      Path half = Files.writeString(FrameFolder.partial(out).resolve("img_00001.png"), "half");
      assertThrows(WrongInputException.class, () -> write(seconds(1, 10), choice(ALL, 100)));
      assertTrue(Files.exists(half), "it is the other's");
    }
  }

  @Test
  void anEmptyFileIsNoVideo() throws IOException {
    Files.write(video, new byte[0]);
    assertRefused("the file is empty", seconds(1, 10), 100);
  }

  @Test
  void aFolderOfAnotherOriginIsNotTouched() throws IOException {
    Files.createDirectories(out);
    String message = assertThrows(IOException.class, () -> FramesOf.read(out)).getMessage();
    assertTrue(
        String.valueOf(message).contains("is there already, and has no frames.json"), message);
  }

  @Test
  void numbersOutOfBoundsAreRefused() {
    for (double perSecond : new double[] {0, -1, Double.NaN, 1e5}) {
      assertThrows(WrongInputException.class, () -> choice(OptionalDouble.of(perSecond), 100));
    }
    for (int most : new int[] {0, 100_000}) {
      assertThrows(WrongInputException.class, () -> choice(ALL, most));
    }
    for (int side : new int[] {0, 8193}) {
      assertThrows(
          WrongInputException.class,
          () -> new FrameChoice(ALL, OptionalInt.of(side), 9, FrameFormat.JPG, false));
    }
  }
}
