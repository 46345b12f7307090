package org.peftbench.cuda;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.peftbench.image.Refusal.assertRefused;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is checked before gigabytes are fetched. */
class RoomTest {

  @Test
  void aFullDiskIsSaidInGigabytes(@TempDir Path folder) {
    Path later = folder.resolve("not/yet/there");
    assertRefused(
        () -> Room.require(later, Long.MAX_VALUE),
        later + " has ",
        " GB of free space, and 9223372036.9 GB may be needed");
    assertDoesNotThrow(() -> Room.require(later, 1));
  }

  @Test
  void versionsOfGlibcAreOrdered() {
    Glibc glibc = Glibc.of("2.35").orElseThrow();
    assertTrue(glibc.atLeast(2, 35) && glibc.atLeast(2, 9) && glibc.atLeast(1, 99));
    assertFalse(glibc.atLeast(2, 36) || glibc.atLeast(3, 0));
    assertEquals(Optional.of(glibc), Glibc.of("2.35-0ubuntu3"));
    assertEquals(Optional.empty(), Glibc.of("musl"));
    assertTrue(Glibc.here().isPresent());
  }
}
