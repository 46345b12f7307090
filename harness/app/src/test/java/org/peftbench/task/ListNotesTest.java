package org.peftbench.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.peftbench.task.ListName.TEST;
import static org.peftbench.task.ListName.TRAIN800;
import static org.peftbench.task.ListName.TRAIN800VAL200;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListNotesTest {

  @TempDir Path data;
  private Path own = Path.of("");

  @BeforeEach
  void writeTask() throws IOException {
    own = TaskFiles.write(data.resolve("mine"));
  }

  private List<String> notes() {
    return DataDirectory.open(data).task("mine").notes();
  }

  /** Both lists that may be trained on are of the training images, with these labels. */
  private void label(int... labels) throws IOException {
    List<String> lines =
        IntStream.range(0, labels.length)
            .mapToObj(i -> "images/train800/" + i + ".pgm " + labels[i])
            .toList();
    TaskFiles.writeList(own, TRAIN800, lines);
    TaskFiles.writeList(own, TRAIN800VAL200, lines);
  }

  @Test
  void soundListsHaveNone() {
    assertEquals(List.of(), notes());
  }

  @Test
  void linesThatRepeatAnEarlierOneAreNoted() throws IOException {
    List<String> lines = new ArrayList<>(TaskFiles.images(own, "test", 3));
    lines.add(1, "");
    lines.add("images/test/2.pgm 0");
    lines.add("./images/test/0.pgm 0");
    TaskFiles.writeList(own, TEST, lines);
    assertEquals(
        List.of("mine: lines of test.txt that repeat an earlier one: 2, such as line 5, as line 4"),
        notes());
  }

  @Test
  void anImageWithTwoLabelsIsNoted() throws IOException {
    List<String> lines = new ArrayList<>(TaskFiles.images(own, "test", 3));
    lines.add("images/test/1.pgm 0");
    TaskFiles.writeList(own, TEST, lines);
    assertEquals(
        List.of(
            "mine: lines of test.txt that contradict an earlier one: 1, such as line 4 with label 0,"
                + " which line 2 gives 1"),
        notes());
  }

  @Test
  void labelsThatBeginAtOneAreNoted() throws IOException {
    label(1, 2, 1, 2);
    assertEquals(
        List.of(
            "mine: 1 of 3 classes have no image in train800.txt: 0; labels count from 0",
            "mine: 1 of 3 classes have no image in train800val200.txt: 0; labels count from 0"),
        notes());
  }

  @Test
  void classesThatNothingIsTrainedOnAreNoted() throws IOException {
    label(0, 1, 1, 9_999);
    assertEquals(
        "mine: 9997 of 10000 classes have no image in train800.txt: 2, 3, 4, 5, 6, ...",
        notes().get(0));
    label(0, 3, 3, 0);
    assertEquals("mine: 2 of 4 classes have no image in train800.txt: 1, 2", notes().get(0));
  }
}
