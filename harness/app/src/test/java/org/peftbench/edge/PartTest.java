package org.peftbench.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peftbench.file.Sha256;

/** What has come of a file is found again, and is the file only when it is all of it. */
class PartTest {

  private static final byte[] CONTENT = {1, 2, 3, 4, 5};

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("shard");
  }

  private Part begun(int bytes) {
    Part part = Part.of(file());
    part.expect(CONTENT.length);
    part.begin(Sha256.of(CONTENT));
    part.append(ByteBuffer.wrap(CONTENT, 0, bytes));
    return part;
  }

  @Test
  void itGoesOnWhereAnotherProcessEnded() throws IOException {
    begun(2).close();
    try (Part found = Part.of(file())) {
      assertEquals(2, found.bytes());
      assertEquals(Optional.of(Sha256.of(CONTENT)), found.sha256());
      assertFalse(found.isRight());
      found.expect(CONTENT.length);
      found.append(ByteBuffer.wrap(CONTENT, 2, 3));
      assertTrue(found.isRight());
      found.publish();
    }
    assertEquals(Sha256.of(CONTENT), Sha256.of(file()));
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(1, left.count());
    }
  }

  @Test
  void oneOfTwoIsLeftAndNothingOfAnotherFile() throws IOException {
    begun(2).close();
    Files.write(folder.resolve("shard." + "0".repeat(64) + ".part"), new byte[3]);
    Path others = Files.write(folder.resolve("shard-1." + "0".repeat(64) + ".part"), new byte[3]);
    Part.of(file()).close();
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(2, left.count());
    }
    assertTrue(Files.exists(others));
  }

  @Test
  void moreThanWasAnnouncedIsRefused() {
    try (Part part = begun(4)) {
      CloudException more =
          assertThrows(CloudException.class, () -> part.append(ByteBuffer.wrap(CONTENT)));
      assertTrue(
          String.valueOf(more.getMessage()).contains("more than the 5 bytes"), more.getMessage());
    }
  }

  @Test
  void aFullDiskIsSaidWithPathAndBytes() throws IOException {
    Path full = Path.of("/dev/full");
    Assumptions.assumeTrue(Files.exists(full), "there is no /dev/full");
    Files.createSymbolicLink(folder.resolve("shard." + Sha256.of(CONTENT) + ".part"), full);
    try (Part part = Part.of(file())) {
      part.expect(CONTENT.length);
      CloudException disk =
          assertThrows(CloudException.class, () -> part.append(ByteBuffer.wrap(CONTENT)));
      assertEquals(
          file() + " cannot be written: No space left on device (0 of 5 bytes are)",
          disk.getMessage());
    }
  }
}
