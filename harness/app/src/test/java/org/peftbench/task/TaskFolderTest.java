package org.peftbench.task;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.peftbench.image.Refusal.assertRefused;
import static org.peftbench.task.ListName.TEST;
import static org.peftbench.task.ListName.TRAIN800;
import static org.peftbench.task.ListName.TRAIN800VAL200;
import static org.peftbench.task.ListName.VAL200;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskFolderTest {

  @TempDir Path data;
  private Path directory = Path.of("");

  @BeforeEach
  void writeTask() throws IOException {
    directory = TaskFiles.write(data.resolve("kitti"));
  }

  private TaskFolder folder() {
    return DataDirectory.open(data).task("kitti");
  }

  private void writeTest(String... lines) throws IOException {
    TaskFiles.writeList(directory, TEST, List.of(lines));
  }

  @Test
  void listGivesFilesAndLabelsInOrder() {
    List<LabelledImage> images = folder().images(TRAIN800VAL200);
    assertEquals(6, images.size());
    assertEquals(new LabelledImage(directory.resolve("images/train800/1.pgm"), 1), images.get(1));
    assertEquals(new LabelledImage(directory.resolve("images/val200/0.pgm"), 0), images.get(4));
  }

  @Test
  void blankLinesTabsAndWindowsLineEndsAreTolerated() throws IOException {
    writeTest("", "images/test/0.pgm\t 1 \r", "  ", "./images/test/1.pgm 0", "");
    List<LabelledImage> images = folder().images(TEST);
    assertEquals(2, images.size());
    assertEquals(directory.resolve("images/test/1.pgm"), images.get(1).file());
  }

  @Test
  void theMarkThatWindowsEditorsPutFirstIsSkipped() throws IOException {
    writeTest("\uFEFFimages/test/0.pgm 1", "images/test/1.pgm 0");
    List<LabelledImage> images = folder().images(TEST);
    assertEquals(directory.resolve("images/test/0.pgm"), images.get(0).file());
    assertEquals(2, images.size());
  }

  @Test
  void fileNamesMayHoldSpaces() throws IOException {
    TaskFiles.writeImage(directory.resolve("images/test/a b.pgm"), 1);
    writeTest("images/test/a b.pgm 3");
    assertEquals(3, folder().images(TEST).get(0).label());
  }

  @ParameterizedTest
  @CsvSource({
    "images/test/0.pgm 4, label '4'",
    "images/test/0.pgm -1, label '-1'",
    "images/test/0.pgm one, label 'one'",
    "images/test/0.pgm 99999999999, label '99999999999'",
    "images/test/0.pgm, found 'images/test/0.pgm'",
    "images/test/9.pgm 1, no file",
    "images/test 1, no file",
    "images/\u0000 1, cannot be a path: Nul character",
    "../secret.pgm 1, '../secret.pgm'",
    "images/../../secret.pgm 1, stays below",
    "/etc/hostname 1, '/etc/hostname'",
  })
  void wrongLineIsRefusedWithItsNumber(String line, String word) throws IOException {
    TaskFiles.writeImage(data.resolve("secret.pgm"), 1);
    writeTest("images/test/0.pgm 1", "", line);
    assertRefused(() -> folder().images(TEST), "test.txt' line 3:", word);
  }

  @Test
  void linkOutOfTheFolderIsRefused() throws IOException {
    Path secret = TaskFiles.writeImage(data.resolve("secret/0.pgm"), 1);
    Files.createSymbolicLink(directory.resolve("images/link.pgm"), secret);
    Files.createSymbolicLink(directory.resolve("images/linked"), data.resolve("secret"));
    writeTest("images/link.pgm 1");
    assertRefused(() -> folder().images(TEST), "line 1", "outside");
    writeTest("images/linked/0.pgm 1");
    assertRefused(() -> folder().images(TEST), "line 1", "outside");
  }

  @Test
  void linkInsideTheFolderIsFollowed() throws IOException {
    Path target = directory.resolve("images/test/0.pgm").toAbsolutePath();
    Files.createSymbolicLink(directory.resolve("images/link.pgm"), target);
    writeTest("images/link.pgm 1");
    assertEquals(1, folder().images(TEST).size());
  }

  @Test
  void unreadableListsAreRefused() throws IOException {
    Files.write(
        directory.resolve("val200.txt"), "images/\u00e4 1".getBytes(StandardCharsets.ISO_8859_1));
    assertRefused(() -> folder().images(VAL200), "val200.txt", "UTF-8");
    Files.delete(directory.resolve("val200.txt"));
    assertRefused(() -> folder().images(VAL200), "no list", "val200.txt");
    writeTest(" ", "");
    assertRefused(() -> folder().images(TEST), "test.txt", "no images");
    writeTest("images/" + "x".repeat(5000) + " 1");
    assertRefused(() -> folder().images(TEST), "line 1", "characters");
    writeTest("\n".repeat(1_000_001));
    assertRefused(() -> folder().images(TEST), "test.txt", "lines");
  }

  @Test
  void checkPassesWholeImages() {
    assertDoesNotThrow(() -> folder().check(ListName.values()));
  }

  @Test
  void checkFindsBrokenImagesAndNamesTheFirst() throws IOException {
    Files.writeString(directory.resolve("images/test/3.pgm"), "P5 2 2 255 .");
    Files.writeString(directory.resolve("images/test/5.pgm"), "<html>not found</html>");
    assertDoesNotThrow(() -> folder().check(TRAIN800, VAL200));
    assertRefused(() -> folder().check(TEST), "test.txt' line 4", "3.pgm", "1 more");
  }

  @Test
  void sizesOtherThanVtabsAreNoted() {
    List<String> notes =
        folder().notes().stream().filter(note -> note.contains("VTAB-1K's")).toList();
    assertEquals(4, notes.size());
    assertEquals("kitti: test.txt lists 6 images, VTAB-1K's has 711", notes.get(3));
  }

  @Test
  void ownFoldersMayHaveAnySize() throws IOException {
    TaskFiles.write(data.resolve("mine"));
    assertEquals(List.of(), DataDirectory.open(data).task("mine").notes());
  }

  @Test
  void imagesThatAreTrainedOnAndJudgedAreNoted() throws IOException {
    Path own = TaskFiles.write(data.resolve("mine"));
    TaskFiles.writeList(own, TEST, List.of("images/test/0.pgm 1", "images/train800/0.pgm 1"));
    assertEquals(
        List.of(
            "mine: 1 images of test.txt are also in train800.txt",
            "mine: 1 images of test.txt are also in train800val200.txt"),
        DataDirectory.open(data).task("mine").notes());
  }

  @ParameterizedTest
  @CsvSource({"train800.txt, TRAIN800", "train800val200.txt, TRAIN800VAL200"})
  void oneClassToTrainOnIsRefused(String file, ListName name) throws IOException {
    String lines = "images/train800/0.pgm 3\nimages/train800/1.pgm 3\n";
    Files.writeString(directory.resolve(file), lines);
    assertRefused(() -> folder().check(name), file, "every label is 3", "at least two classes");
    writeTest("images/test/0.pgm 1");
    assertDoesNotThrow(() -> folder().check(TEST));
  }

  @Test
  void aStrayLabelDoesNotMakeAHeadOfAnySize() throws IOException {
    Path own = TaskFiles.write(data.resolve("mine"));
    TaskFiles.writeList(own, TRAIN800, List.of("images/test/0.pgm 1", "images/test/1.pgm 50000"));
    assertRefused(
        () -> DataDirectory.open(data).task("mine"),
        "train800.txt' line 2: label '50000', expected an integer from 0 to 49999");
  }

  @Test
  void fingerprintFollowsTheListsAndTheImageSizes() throws IOException {
    String before = folder().fingerprint(TRAIN800, TEST);
    assertEquals(64, before.length());
    assertEquals(before, folder().fingerprint(TEST, TRAIN800));
    assertNotEquals(before, folder().fingerprint(TRAIN800));
    Files.writeString(directory.resolve("images/test/0.pgm"), "P5 1 1 255 .");
    String resized = folder().fingerprint(TRAIN800, TEST);
    assertNotEquals(before, resized);
    writeTest("images/test/1.pgm 1", "images/test/0.pgm 0");
    assertNotEquals(resized, folder().fingerprint(TRAIN800, TEST));
  }
}
