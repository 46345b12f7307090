package org.peftbench.pocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PocketSuiteTest {

  static Stream<PocketTask> tasks() {
    return PocketSuite.tasks().stream();
  }

  @Test
  void twoTasksAreLikeEachGroup() {
    assertEquals(
        List.of(
            "pocket_objects natural 10",
            "pocket_textures natural 10",
            "pocket_scanner specialized 8",
            "pocket_fine specialized 5",
            "pocket_count structured 5",
            "pocket_distance structured 5"),
        tasks()
            .map(task -> task.name() + " " + task.group().word() + " " + task.classes())
            .toList());
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void everySplitHasItsCommittedBytesAndNoImageTwice(PocketTask task) throws IOException {
    Set<String> seen = new HashSet<>();
    for (Subset subset : Subset.values()) {
      List<PocketImage> images = SubsetHash.images(task, subset, subset.images());
      String name = task.name() + "." + subset.word();
      assertEquals(committed().getProperty(name), SubsetHash.of(images), name);
      images.forEach(image -> assertTrue(seen.add(SubsetHash.of(List.of(image))), name));
    }
    assertEquals(3000, seen.size());
  }

  private static Properties committed() throws IOException {
    Properties hashes = new Properties();
    try (InputStream file = PocketSuiteTest.class.getResourceAsStream("sha256.properties")) {
      hashes.load(Objects.requireNonNull(file));
    }
    return hashes;
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void everyFirstPartOfASplitIsBalanced(PocketTask task) {
    for (Subset subset : Subset.values()) {
      assertEquals(0, subset.images() % task.classes());
      for (int first = 0; first < subset.images(); first += task.classes()) {
        int start = first;
        assertEquals(
            task.classes(),
            IntStream.range(0, task.classes())
                .map(i -> task.label(subset, start + i))
                .distinct()
                .count());
      }
    }
  }

  @Test
  void anImageThatTheSplitDoesNotHaveIsRefused() {
    PocketTask task = PocketSuite.tasks().get(0);
    assertThrows(IndexOutOfBoundsException.class, () -> task.render(Subset.VAL, 200));
    assertThrows(IndexOutOfBoundsException.class, () -> task.render(Subset.VAL, -1));
  }
}
