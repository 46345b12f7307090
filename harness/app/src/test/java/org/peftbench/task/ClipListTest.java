package org.peftbench.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.peftbench.image.Refusal.assertRefused;
import static org.peftbench.task.ListName.TEST;
import static org.peftbench.task.ListName.TRAIN800;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists whose lines are clips. */
class ClipListTest {

  @TempDir Path data;
  private Path directory = Path.of("");

  /** Frames are numbered from 1, and beyond nine; beside them lies the flow of one frame less. */
  @BeforeEach
  void writeTask() throws IOException {
    directory = data.resolve("motion");
    for (String clip : List.of("jumping/0001", "jumping/0002")) {
      Path folder = Files.createDirectories(directory.resolve(clip));
      for (int i = 1; i <= 12; i++) {
        TaskFiles.writeImage(folder.resolve("img_%05d.pgm".formatted(i)), i);
        if (i < 12) {
          TaskFiles.writeImage(folder.resolve("flow_x_%05d.pgm".formatted(i)), i);
        }
      }
    }
    TaskFiles.writeList(directory, TRAIN800, List.of("jumping/0001 12 0", "jumping/0002 12 1"));
  }

  private TaskFolder folder() {
    return DataDirectory.open(data).task("motion");
  }

  private void writeTest(String... lines) throws IOException {
    TaskFiles.writeList(directory, TEST, List.of(lines));
  }

  private static String number(LabelledImage image) {
    return String.valueOf(image.file().getFileName()).replaceAll("\\D", "");
  }

  private List<String> numbers(List<LabelledImage> images) {
    return images.stream().map(ClipListTest::number).toList();
  }

  @Test
  void aClipIsTheNumberedFilesOfAFolderInOrder() {
    List<LabelledClip> clips = folder().clips(TRAIN800);
    assertEquals(2, clips.size());
    assertEquals(12, clips.get(0).frames().size());
    assertEquals(directory.resolve("jumping/0001/img_00010.pgm"), clips.get(0).frames().get(9));
    assertEquals(1, clips.get(1).label());
    assertTrue(folder().hasClips(TRAIN800));
    assertEquals(2, folder().task().classes());
  }

  @Test
  void aPatternNamesThemToo() throws IOException {
    writeTest("jumping/0001/img_%05d.pgm 1", "jumping/0002/flow_x_%d.pgm 0");
    List<LabelledClip> clips = folder().clips(TEST);
    assertEquals(folder().clips(TRAIN800).get(0).frames(), clips.get(0).frames());
    assertEquals(11, clips.get(1).frames().size());
  }

  @Test
  void framesAreTakenFromTheMiddleOfEqualParts() {
    assertEquals(
        List.of("00002", "00005", "00008", "00011", "00002", "00005", "00008", "00011"),
        numbers(folder().withFrames(4).images(TRAIN800)));
    assertEquals(List.of("00007", "00007"), numbers(folder().images(TRAIN800)));
    assertEquals(24, folder().withFrames(12).images(TRAIN800).stream().distinct().count());
    List<LabelledImage> more = folder().withFrames(24).images(TRAIN800);
    assertEquals(48, more.size());
    assertEquals(24, more.stream().distinct().count());
  }

  @Test
  void inTrainingOneAtRandomOfEachPartIsTaken() {
    LabelledClip clip = folder().clips(TRAIN800).get(0);
    SplittableRandom random = new SplittableRandom(1);
    List<List<String>> drawn =
        IntStream.range(0, 100).mapToObj(i -> numbers(clip.random(4, random))).toList();
    for (int part = 0; part < 4; part++) {
      int place = part;
      assertEquals(
          IntStream.rangeClosed(3 * part + 1, 3 * part + 3).mapToObj("%05d"::formatted).toList(),
          drawn.stream().map(frames -> frames.get(place)).distinct().sorted().toList());
    }
    assertEquals(
        numbers(clip.random(4, new SplittableRandom(3))),
        numbers(clip.random(4, new SplittableRandom(3))));
  }

  @Test
  void howManyFramesAreUsedIsPartOfTheData() {
    assertNotEquals(
        folder().withFrames(4).fingerprint(TRAIN800), folder().withFrames(8).fingerprint(TRAIN800));
  }

  @Test
  void whatIsWrongWithAClipIsSaidWithItsLine() throws IOException {
    writeTest("jumping/0001 12 0", "jumping/0001 13 0");
    assertRefused(
        () -> folder().clips(TEST),
        "line 2",
        "expected one sort of 13 numbered files, found 11 like flow_x_00001.pgm, 12 like"
            + " img_00001.pgm");
    writeTest("jumping/0003 12 0");
    assertRefused(() -> folder().clips(TEST), "line 1", "there is no folder");
    writeTest("jumping/0001/frame_%05d.jpg 0");
    assertRefused(() -> folder().clips(TEST), "expected numbered files frame_....jpg");
    writeTest("../motion2/0001 12 0");
    assertRefused(() -> folder().clips(TEST), "stays below the task's folder");
    writeTest("jumping/0001 12 7");
    assertRefused(() -> folder().clips(TEST), "label '7'");
  }

  @Test
  void clipsAndImagesDoNotMix() throws IOException {
    writeTest("jumping/0001 12 0", "jumping/0001/img_00001.pgm 0");
    assertRefused(() -> folder().clips(TEST), "line 2", "clips and images in one list");
    writeTest("jumping/0001/img_00001.pgm 0");
    assertFalse(folder().hasClips(TEST));
    assertRefused(() -> folder().hasClips(TRAIN800, TEST), "clips in some lists");
  }

  @Test
  void aFrameThatIsLinkedElsewhereIsRefused() throws IOException {
    Path secret = TaskFiles.writeImage(data.resolve("secret.pgm"), 1);
    Path frame = directory.resolve("jumping/0002/img_00003.pgm");
    Files.delete(frame);
    Files.createSymbolicLink(frame, secret);
    assertRefused(() -> folder().clips(TRAIN800), "line 2", "outside the task's folder");
  }

  @Test
  void everyFrameIsLookedAtBeforehand() throws IOException {
    Files.write(directory.resolve("jumping/0002/img_00007.pgm"), new byte[3]);
    assertRefused(() -> folder().check(TRAIN800), "line 2", "img_00007.pgm");
  }
}
