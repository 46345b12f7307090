package org.peftbench.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peftbench.WrongInputException;
import org.peftbench.file.Sha256;

class ShelfTest {

  @TempDir Path folder;

  @Test
  void whatWasNotUsedForLongestMakesRoom() throws Exception {
    try (Shelf shelf = Shelf.open(folder, 300)) {
      Shelf.Name first = put(shelf, 1);
      Shelf.Name second = put(shelf, 2);
      Shelf.Name third = put(shelf, 3);
      shelf.open(first).orElseThrow().close();
      Shelf.Name fourth = put(shelf, 4);
      assertTrue(shelf.has(first));
      assertFalse(shelf.has(second));
      assertTrue(shelf.has(third));
      assertTrue(shelf.has(fourth));
      assertEquals(300, shelf.used());
    }
  }

  @Test
  void whatIsHeldStays() throws Exception {
    try (Shelf shelf = Shelf.open(folder, 200)) {
      Shelf.Name first = put(shelf, 1);
      try (Shelf.Held held = shelf.open(first).orElseThrow();
          Shelf.Held twice = shelf.open(put(shelf, 2)).orElseThrow()) {
        twice.close();
        put(shelf, 3);
        assertTrue(shelf.has(first));
        assertThrows(Shelf.Full.class, () -> shelf.reserve(101, Shelf.Need.NOW));
        shelf.reserve(100, Shelf.Need.NOW).close();
        held.close();
        held.close(); // once is enough
      }
      put(shelf, 4);
      put(shelf, 5);
      assertFalse(shelf.has(first));
    }
  }

  @Test
  void whatIsSparedMakesRoomForWhatIsNeededMore() throws Exception {
    try (Shelf shelf = Shelf.open(folder, 300)) {
      Shelf.Name later = put(shelf, 1);
      Runnable unspare = shelf.spare(later, Shelf.Need.LATER).orElseThrow();
      Shelf.Name now = put(shelf, 2);
      Runnable unused = shelf.spare(now, Shelf.Need.NOW).orElseThrow();
      put(shelf, 3);
      assertTrue(shelf.hasRoom(100, Shelf.Need.LATER));
      assertFalse(shelf.hasRoom(101, Shelf.Need.LATER));
      assertThrows(Shelf.Full.class, () -> shelf.reserve(101, Shelf.Need.LATER));
      put(shelf, 4);
      put(shelf, 5);
      assertTrue(shelf.has(later), "what nobody spares goes first");
      assertThrows(Shelf.Full.class, () -> shelf.reserve(201, Shelf.Need.NOW));
      shelf.reserve(200, Shelf.Need.NOW).close();
      assertFalse(shelf.has(later));
      unspare.run(); // of what has gone
      assertTrue(shelf.hasRoom(200, Shelf.Need.LATER));
      assertFalse(shelf.hasRoom(201, Shelf.Need.LATER));
      assertEquals(Optional.empty(), shelf.spare(later, Shelf.Need.NOW));
      assertTrue(shelf.has(now));
      shelf.reserve(300, Shelf.Need.AT_LAST).close();
      assertFalse(shelf.has(now));
    }
  }

  @Test
  void roomThatIsGivenBackLeavesNothing() throws Exception {
    try (Shelf shelf = Shelf.open(folder, 100)) {
      Shelf.Reservation room = shelf.reserve(100, Shelf.Need.NOW);
      Files.write(room.file(), new byte[50]);
      assertThrows(Shelf.Full.class, () -> shelf.reserve(1, Shelf.Need.NOW));
      room.close();
      room.close();
      assertFalse(Files.exists(room.file()));
      shelf.reserve(100, Shelf.Need.NOW).close();
      assertEquals(0, shelf.used());
    }
  }

  @Test
  void aNewShelfFindsWhatAnEarlierOneLeft() throws Exception {
    Shelf.Name name;
    try (Shelf shelf = Shelf.open(folder, 300)) {
      name = put(shelf, 1);
      put(shelf, 2);
      assertThrows(WrongInputException.class, () -> Shelf.open(folder, 300));
    }
    Files.write(folder.resolve("images").resolve("not-a-hash"), new byte[9]);
    try (Shelf shelf = Shelf.open(folder, 300)) {
      assertEquals(200, shelf.used());
      assertTrue(shelf.open(name).isPresent());
    }
    try (Shelf smaller = Shelf.open(folder, 100)) {
      assertEquals(100, smaller.used());
    }
  }

  private static Shelf.Name put(Shelf shelf, int number) throws IOException, Shelf.Full {
    byte[] bytes = new byte[100];
    bytes[0] = (byte) number;
    String sha256 = Sha256.of(bytes);
    Shelf.Name name =
        number % 2 == 0 ? Shelf.Name.image(sha256) : Shelf.Name.shard(Sha256.of(new byte[number]));
    try (Shelf.Reservation room = shelf.reserve(bytes.length, Shelf.Need.NOW)) {
      Files.write(room.file(), bytes);
      room.keep(name, sha256);
    }
    return name;
  }
}
