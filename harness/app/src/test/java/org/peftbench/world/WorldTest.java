package org.peftbench.world;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.peftbench.pocket.PocketImage;
import org.peftbench.pocket.PocketSuite;
import org.peftbench.pocket.PocketTask;
import org.peftbench.pocket.Subset;

class WorldTest {

  /** Another hash is another world, and the shipped weights did not grow up in it. */
  private static final String FIRST_IMAGES =
      "125c5041158ca11154cc1f42daef7aeac5eb326eb281f121d7205836436ae0c1";

  private final World world = new World();

  @Test
  void anImageFollowsFromStreamAndIndexAlone() {
    assertArrayEquals(world.render(3, 41), new World().render(3, 41));
    assertFalse(Arrays.equals(world.render(3, 41), world.render(4, 41)));
  }

  @Test
  void everySpeciesComesOnceInEveryRound() {
    for (long start = 0; start < 3L * world.classes(); start += world.classes()) {
      long first = start;
      assertEquals(
          world.classes(),
          LongStream.range(first, first + world.classes())
              .mapToInt(i -> world.label(1, i))
              .distinct()
              .count());
    }
  }

  @Test
  void theFirstImageOfEachSpeciesHasItsCommittedBytes() throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    IntStream.range(0, world.classes()).mapToObj(i -> world.render(1, i)).forEach(digest::update);
    assertEquals(FIRST_IMAGES, HexFormat.of().formatHex(digest.digest()));
  }

  @Test
  void noImageOfTheSuiteIsOfTheWorld() {
    Set<String> seen = new HashSet<>();
    for (PocketTask task : PocketSuite.tasks()) {
      for (int i = 0; i < 40; i++) {
        PocketImage image = task.render(Subset.TEST, i);
        seen.add(Arrays.toString(image.pixels()));
      }
    }
    for (int i = 0; i < 240; i++) {
      assertTrue(seen.add(Arrays.toString(world.render(1, i))));
    }
  }
}
