package org.peftbench.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.peftbench.image.Interpolation.BILINEAR;
import static org.peftbench.image.Refusal.assertRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageStreamTest {

  private static final int COUNT = 11;

  @TempDir Path data;

  private List<LabelledImage> images() throws IOException {
    Path folder = data.resolve("mine");
    TaskFiles.writeList(folder, ListName.TRAIN800, TaskFiles.images(folder, "train800", COUNT));
    return DataDirectory.open(data).task("mine").images(ListName.TRAIN800);
  }

  @Test
  void batchesKeepTheOrderOfTheList() throws IOException {
    List<Integer> levels = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    List<Integer> counts = new ArrayList<>();
    try (ImageStream stream = ImageStream.open(Pixels.decoded(images(), 4, BILINEAR), 3, 1, 2)) {
      while (stream.hasNext()) {
        ImageBatch batch = stream.next();
        counts.add(batch.count());
        for (int i = 0; i < batch.count(); i++) {
          assertEquals(4 * 4 * 3, batch.pixels()[i].length);
          levels.add((int) batch.pixels()[i][0]);
          labels.add(batch.labels()[i]);
        }
      }
      assertThrows(NoSuchElementException.class, stream::next);
    }
    assertEquals(List.of(3, 3, 3, 2), counts);
    assertEquals(IntStream.range(0, COUNT).boxed().toList(), levels);
    assertEquals(IntStream.range(0, COUNT).mapToObj(i -> i % 2).toList(), labels);
  }

  @Test
  void brokenImageFailsItsBatchByName() throws IOException {
    List<LabelledImage> images = images();
    Files.writeString(images.get(4).file(), "gone");
    try (ImageStream stream = ImageStream.open(Pixels.decoded(images, 4, BILINEAR), 3, 1, 8)) {
      assertEquals(3, stream.next().count());
      assertRefused(stream::next, "4.pgm");
    }
  }

  @Test
  void onlySoManyBatchesAreDecodedAhead() throws IOException {
    List<LabelledImage> images = images();
    try (ImageStream stream = ImageStream.open(Pixels.decoded(images, 4, BILINEAR), 3, 1, 1)) {
      // The second batch may be read only once the first was handed out.
      Files.writeString(images.get(3).file(), "gone");
      assertEquals(3, stream.next().count());
      assertRefused(stream::next, "3.pgm");
    }
  }

  @Test
  void closedStreamHasNothingMore() throws IOException {
    ImageStream stream = ImageStream.open(Pixels.decoded(images(), 4, BILINEAR), 3, 1, 2);
    assertTrue(stream.hasNext());
    stream.close();
    assertFalse(stream.hasNext());
  }

  @Test
  void setHoldsEveryImageAndTellsProgress() throws IOException {
    List<Integer> progress = new ArrayList<>();
    ImageSet set = ImageSet.load(Pixels.decoded(images(), 4, BILINEAR), progress::add);
    assertEquals(IntStream.rangeClosed(1, COUNT).boxed().toList(), progress);
    assertEquals(COUNT, set.count());
    assertEquals(4, set.size());
    for (int i = 0; i < COUNT; i++) {
      byte[] expected = new byte[4 * 4 * 3];
      Arrays.fill(expected, (byte) i);
      assertArrayEquals(expected, set.pixels(i));
      assertEquals(i % 2, set.label(i));
    }
  }

  @Test
  void setWithABrokenImageIsRefusedByName() throws IOException {
    List<LabelledImage> images = images();
    Files.writeString(images.get(7).file(), "gone");
    assertRefused(() -> ImageSet.load(Pixels.decoded(images, 4, BILINEAR), done -> {}), "7.pgm");
  }
}
