package org.peftbench.pocket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.peftbench.file.Sha256;

/**
 * What a clip shows tells its class by its order alone: for the same background and thing, clips of
 * every class are made of the same pictures, and each frame is each picture as often.
 */
class MotionTaskTest {

  private static final int CLIPS = 12;

  static Stream<MotionTask> tasks() {
    return PocketSuite.motion().stream();
  }

  private static MotionTask task(String name) {
    return tasks().filter(task -> task.name().endsWith(name)).findFirst().orElseThrow();
  }

  private static List<String> pictures(MotionTask task, int clip, int label, int begin) {
    return task.render(Subset.TRAIN, clip, label, begin).stream()
        .map(frame -> Sha256.of(frame.pixels()))
        .toList();
  }

  /** Pictures of a clip without their order, each as often as it is there. */
  private static List<String> shuffled(MotionTask task, int clip, int label) {
    return pictures(task, clip, label, 0).stream().sorted().toList();
  }

  /** Labels that a shuffled clip cannot be told from: with the direction of a line, its reverse. */
  private static Set<Integer> alike(MotionTask task, int label) {
    return task.name().endsWith("direction")
        ? Set.of(label, (label + 4) % 8)
        : IntStream.range(0, task.classes()).boxed().collect(Collectors.toSet());
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void withoutTheirOrderFramesTellNothing(MotionTask task) {
    for (int clip = 0; clip < CLIPS; clip++) {
      for (int label = 0; label < task.classes(); label++) {
        List<String> expected = shuffled(task, clip, label);
        for (int other = 0; other < task.classes(); other++) {
          boolean same = expected.equals(shuffled(task, clip, other));
          assertEquals(alike(task, label).contains(other), same, label + " and " + other);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void eachFrameByItselfIsEachPictureAsOften(MotionTask task) {
    int clip = 5;
    for (int t = 0; t < MotionTask.FRAMES; t++) {
      int frame = t;
      for (int label = 0; label < task.classes(); label++) {
        int of = label;
        List<String> overBeginnings =
            IntStream.range(0, MotionTask.FRAMES)
                .mapToObj(begin -> pictures(task, clip, of, begin).get(frame))
                .sorted()
                .toList();
        // What is shown at any moment, over all beginnings, is what a whole clip shows.
        assertEquals(shuffled(task, clip, label), overBeginnings);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void withTheirOrderFramesTellTheClass(MotionTask task) {
    for (int label = 0; label < task.classes(); label++) {
      for (int other = 0; other < label; other++) {
        for (int begin = 0; begin < MotionTask.FRAMES; begin++) {
          assertNotEquals(pictures(task, 3, label, 0), pictures(task, 3, other, begin));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void aClipIsTheSameEachTimeAndNoOtherIs(MotionTask task) {
    List<List<byte[]>> clips =
        IntStream.range(0, CLIPS).mapToObj(clip -> pixels(task, Subset.VAL, clip)).toList();
    for (int clip = 0; clip < CLIPS; clip++) {
      List<byte[]> again = pixels(task, Subset.VAL, clip);
      for (int t = 0; t < MotionTask.FRAMES; t++) {
        assertArrayEquals(clips.get(clip).get(t), again.get(t));
        byte[] frame = again.get(t);
        int self = clip;
        assertEquals(
            0,
            IntStream.range(0, CLIPS)
                .filter(other -> other != self)
                .filter(
                    other -> clips.get(other).stream().anyMatch(one -> Arrays.equals(one, frame)))
                .count());
      }
    }
  }

  private static List<byte[]> pixels(MotionTask task, Subset subset, int clip) {
    return task.render(subset, clip).stream().map(PocketImage::pixels).toList();
  }

  /** Of the first clips of each subset; those of a published suite never change. */
  @ParameterizedTest
  @MethodSource("tasks")
  void everySubsetHasItsCommittedBytes(MotionTask task) throws IOException {
    Properties committed = new Properties();
    try (InputStream file = MotionTaskTest.class.getResourceAsStream("motion.properties")) {
      committed.load(Objects.requireNonNull(file));
    }
    for (Subset subset : Subset.values()) {
      List<PocketImage> frames =
          IntStream.range(0, 20)
              .boxed()
              .flatMap(clip -> task.render(subset, clip).stream())
              .toList();
      String name = task.name() + "." + subset.word();
      assertEquals(committed.getProperty(name), SubsetHash.of(frames), name);
    }
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void classesAreBalanced(MotionTask task) {
    int[] counts = new int[task.classes()];
    for (int i = 0; i < task.count(Subset.TRAIN); i++) {
      counts[task.label(Subset.TRAIN, i)]++;
    }
    int[] expected = new int[task.classes()];
    Arrays.fill(expected, 400 / task.classes());
    assertArrayEquals(expected, counts);
  }

  @Test
  void aListNamesFoldersOfEightFrames() {
    MotionTask turn = task("turn");
    assertEquals("clips/test/000999 8", turn.line(Subset.TEST, 999));
    assertEquals(
        List.of("clips/val/000003/img_00001.png", "clips/val/000003/img_00002.png"),
        turn.files(Subset.VAL, 3).keySet().stream().limit(2).toList());
    assertThrows(IndexOutOfBoundsException.class, () -> turn.render(Subset.VAL, 100));
  }
}
