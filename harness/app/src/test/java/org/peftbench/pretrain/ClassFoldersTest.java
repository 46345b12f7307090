package org.peftbench.pretrain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.peftbench.image.Refusal.assertRefused;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassFoldersTest {

  private static final int SIZE = 16;

  @TempDir Path folder;

  /** Three classes of 8 grey images, each of its own grey. */
  @BeforeEach
  void writeImages() throws IOException {
    for (int label = 0; label < 3; label++) {
      Path of = Files.createDirectories(folder.resolve("class" + label));
      for (int i = 0; i < 8; i++) {
        Files.write(of.resolve(i + ".pgm"), grey(20, 30, 80 * label + i));
      }
    }
  }

  private static byte[] grey(int width, int height, int level) {
    byte[] head = "P5 %d %d 255\n".formatted(width, height).getBytes(StandardCharsets.US_ASCII);
    byte[] file = Arrays.copyOf(head, head.length + width * height);
    Arrays.fill(file, head.length, file.length, (byte) level);
    return file;
  }

  private PretrainingImages open() {
    return PretrainingImages.open(Optional.of(folder.toString()), SIZE, 0);
  }

  @Test
  void foldersAreClassesInTheOrderOfTheirNames() {
    PretrainingImages images = open();
    assertEquals(3, images.classes());
    assertEquals(3, images.heldOutCount()); // the first of each class
    for (int i = 0; i < 3; i++) {
      assertEquals(i, images.heldOut(i).label());
      assertEquals((byte) (80 * i), images.heldOut(i).pixels()[0]);
      assertEquals(3 * SIZE * SIZE, images.heldOut(i).pixels().length);
    }
  }

  @Test
  void aPassHasEveryTrainingImageOnceAndNoneThatIsHeldOut() {
    PretrainingImages images = open();
    for (long pass = 0; pass < 3; pass++) {
      int[] levels =
          LongStream.range(21 * pass, 21 * (pass + 1))
              .mapToInt(position -> images.training(position).pixels()[0] & 255)
              .sorted()
              .toArray();
      assertArrayEquals(
          new int[] {
            1, 2, 3, 4, 5, 6, 7, 81, 82, 83, 84, 85, 86, 87, 161, 162, 163, 164, 165, 166, 167
          },
          levels);
    }
  }

  @Test
  void aPositionAlwaysGivesTheSameImage() {
    for (long position = 0; position < 40; position++) {
      assertArrayEquals(open().training(position).pixels(), open().training(position).pixels());
    }
    assertFalse(
        Arrays.equals(
            LongStream.range(0, 21).map(i -> open().training(i).label()).toArray(),
            LongStream.range(21, 42).map(i -> open().training(i).label()).toArray()));
  }

  @Test
  void aFolderWithoutClassesOrWithAClassOfOneImageIsRefused() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertRefused(() -> new ClassFolders(empty, SIZE, 0), "has 0 folders, expected one for each");
    assertRefused(this::open, "'" + empty + "' has 0 images, expected at least two");
    assertRefused(() -> new ClassFolders(folder.resolve("none"), SIZE, 0), "cannot read folder");
  }

  @Test
  void oneClassIsRefused() throws IOException {
    Path one = Files.createDirectories(folder.resolve("class0/of"));
    Files.copy(folder.resolve("class0/0.pgm"), one.resolve("0.pgm"));
    Files.copy(folder.resolve("class0/1.pgm"), one.resolve("1.pgm"));
    assertRefused(
        () -> new ClassFolders(folder.resolve("class0"), SIZE, 0), "has 1 folders", "two classes");
  }

  @Test
  void brokenImagesAreFoundBeforeTrainingAndTheFirstIsNamed() throws IOException {
    assertDoesNotThrow(() -> open().check());
    Path cut = folder.resolve("class1/3.pgm");
    Files.write(cut, Arrays.copyOf(grey(20, 30, 1), 100));
    Path foreign = Files.writeString(folder.resolve("class2/0.pgm"), "<html>404</html>");
    assertRefused(() -> open().check(), "image '" + cut + "'", "(and 1 more like it)");
    Files.delete(cut);
    assertRefused(() -> open().check(), "image '" + foreign + "'");
  }

  @Test
  void linksOutOfTheFolderAndToNothingAreRefused() throws IOException {
    Path data = folder.resolve("data");
    for (String name : new String[] {"class0", "class1"}) {
      Files.createDirectories(data);
      Files.move(folder.resolve(name), data.resolve(name));
    }
    Path inside = data.resolve("class0/inside.pgm");
    Files.createSymbolicLink(inside, data.resolve("class0/0.pgm"));
    assertEquals(2, new ClassFolders(data, SIZE, 0).classes());
    Path link = data.resolve("class0/link.pgm");
    Files.createSymbolicLink(link, folder.resolve("class2/0.pgm"));
    assertRefused(() -> new ClassFolders(data, SIZE, 0), "'" + link + "' is linked to a place out");
    Files.delete(link);
    Files.createSymbolicLink(link, data.resolve("none.pgm"));
    assertRefused(() -> new ClassFolders(data, SIZE, 0), "'" + link + "' is no file, or a link to");
    Files.delete(link);
    Files.createSymbolicLink(data.resolve("class2"), folder.resolve("class2"));
    assertRefused(() -> new ClassFolders(data, SIZE, 0), "class2", "linked to a place outside");
  }

  @Test
  void theWorldHasOneSize() {
    assertRefused(
        () -> PretrainingImages.open(Optional.empty(), 224, 0),
        "rendered at 64 pixels, not at 224");
  }
}
