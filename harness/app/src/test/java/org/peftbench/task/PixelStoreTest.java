package org.peftbench.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.peftbench.image.Interpolation.BICUBIC;
import static org.peftbench.image.Interpolation.BILINEAR;
import static org.peftbench.image.Refusal.assertRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PixelStoreTest {

  private static final int COUNT = 5;
  private static final int SIZE = 4;
  private static final long FILE_BYTES = COUNT * (3 * SIZE * SIZE + 4) + 8;

  @TempDir Path data;
  private Path root;
  private List<LabelledImage> images;

  @BeforeEach
  void writeImages() throws IOException {
    root = data.resolve("kept");
    Path folder = data.resolve("mine");
    TaskFiles.writeList(folder, ListName.TRAIN800, TaskFiles.images(folder, "train800", COUNT));
    images = DataDirectory.open(data).task("mine").images(ListName.TRAIN800);
  }

  private Pixels.Decoded decoded() {
    return Pixels.decoded(images, SIZE, BILINEAR);
  }

  private Optional<KeptPixels> open(Pixels.Decoded decoded, long mostBytes) {
    return new PixelStore(root, mostBytes).open(decoded, done -> {});
  }

  private boolean wasThere(Pixels.Decoded decoded) {
    try (KeptPixels kept = open(decoded, 10 * FILE_BYTES).orElseThrow()) {
      assertSamePixels(kept);
      return kept.sparedSeconds().isPresent();
    }
  }

  private void assertSamePixels(Pixels kept) {
    assertEquals(images, kept.images());
    for (int i = 0; i < COUNT; i++) {
      assertArrayEquals(decoded().of(i), kept.of(i));
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(root)) {
      return files.toList();
    }
  }

  @Test
  void imagesAreDecodedOnceForAllThatWantThem() throws IOException {
    List<Integer> told = new ArrayList<>();
    PixelStore store = new PixelStore(root, FILE_BYTES);
    try (KeptPixels first = store.open(decoded(), told::add).orElseThrow()) {
      assertEquals(Optional.empty(), first.sparedSeconds());
      assertSamePixels(first);
    }
    assertEquals(List.of(COUNT), told);
    try (KeptPixels second = store.open(decoded(), told::add).orElseThrow()) {
      assertTrue(second.sparedSeconds().orElseThrow() > 0);
      assertSamePixels(second);
    }
    assertEquals(List.of(COUNT), told);
    assertEquals(FILE_BYTES, Files.size(files().get(0)));
  }

  @Test
  void othersAreNotTakenForThem() throws IOException {
    assertFalse(wasThere(decoded()));
    assertFalse(wasThere(Pixels.decoded(images, SIZE, BICUBIC)));
    assertTrue(wasThere(decoded()));
    byte[] changed = Files.readAllBytes(images.get(3).file());
    changed[changed.length - 1] ^= 1;
    Files.write(images.get(3).file(), changed);
    assertFalse(wasThere(decoded()));
    assertEquals(3, files().size());
  }

  @Test
  void whatADiskHasLostIsDecodedAnew() throws IOException {
    assertFalse(wasThere(decoded()));
    Path file = files().get(0);
    byte[] bytes = Files.readAllBytes(file);
    bytes[3 * SIZE * SIZE] ^= 1;
    Files.write(file, bytes);
    assertTrue(wasThere(decoded()));
    Files.write(file, new byte[7]);
    assertFalse(wasThere(decoded()));
    assertTrue(wasThere(decoded()));
  }

  @Test
  void whatIsUsedIsNotDroppedForMore() throws IOException {
    assertEquals(Optional.empty(), open(decoded(), FILE_BYTES - 1));
    assertFalse(Files.exists(root));
    open(decoded(), FILE_BYTES).orElseThrow().close();
    Path used = files().get(0);
    Pixels.Decoded others = Pixels.decoded(images, SIZE, BICUBIC);
    assertEquals(Optional.empty(), open(others, 2 * FILE_BYTES - 1));
    Files.setLastModifiedTime(used, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
    open(others, 2 * FILE_BYTES - 1).orElseThrow().close();
    assertFalse(Files.exists(used));
    assertEquals(1, files().size());
  }

  @Test
  void aBrokenImageIsRefusedByNameAndLeavesNothing() throws IOException {
    Files.writeString(images.get(2).file(), "gone");
    assertRefused(() -> open(decoded(), FILE_BYTES), "2.pgm");
    assertEquals(List.of(), files());
  }

  @Test
  void whereNothingCanBeWrittenNothingIsKept() throws IOException {
    Files.writeString(root, "no folder");
    assertEquals(Optional.empty(), open(decoded(), FILE_BYTES));
  }
}
