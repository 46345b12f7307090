package org.peftbench.task;

import static org.peftbench.image.Refusal.assertRefused;
import static org.peftbench.task.ListName.TEST;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Letters are written as escapes: editors change one form of Unicode into the other. */
class TwinNameTest {

  @TempDir Path data;

  private void assertMissing(String there, String listed, String... words) throws IOException {
    Path folder = TaskFiles.write(data.resolve("kitti"));
    TaskFiles.writeImage(folder.resolve(there), 1);
    TaskFiles.writeList(folder, TEST, List.of(listed));
    assertRefused(() -> DataDirectory.open(data).task("kitti").images(TEST), words);
  }

  @Test
  void aNameInOtherLetterCaseIsNamed() throws IOException {
    assertMissing(
        "images/Dogs/One.PGM",
        "images/dogs/one.pgm 1",
        "line 1: there is no file",
        "images/dogs/one.pgm'; there is '",
        "images/Dogs/One.PGM', which differs in letter case");
  }

  @Test
  void aNameInAnotherUnicodeFormIsNamed() throws IOException {
    assertMissing(
        "images/caf\u00e9.pgm",
        "images/cafe\u0301.pgm 1",
        "there is '",
        "images/caf\u00e9.pgm', which differs in Unicode form (NFC, in the list NFD)");
  }

  @Test
  void aFolderInAnotherUnicodeFormIsNamed() throws IOException {
    assertMissing(
        "clips/u\u0308ben/img_00001.pgm",
        "clips/\u00fcben 1 0",
        "there is no folder",
        "which differs in Unicode form (NFD, in the list NFC)");
  }

  @Test
  void whatIsMissingAltogetherHasNoTwin() throws IOException {
    assertMissing("images/a.pgm", "images/b/a.pgm 1", "images/b/a.pgm'");
  }
}
