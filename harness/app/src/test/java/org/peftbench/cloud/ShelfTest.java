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
        assertThrows(Shelf.Full.class, () -> shelf.reserve(101, true));
        shelf.reserve(100, true).close();
        held.close();
        held.close(); // once is enough
      }
      put(shelf, 4);
      put(shelf, 5);
      assertFalse(shelf.has(first));
    }
  }

  @Test
  void whatIsSparedGoesLast() throws Exception {
    try (Shelf shelf = Shelf.open(folder, 300)) {
      Shelf.Name spared = put(shelf, 1);
      Runnable unspare = shelf.spare(spared).orElseThrow();
      put(shelf, 2);
      put(shelf, 3);
      assertTrue(shelf.hasRoom(200));
      assertFalse(shelf.hasRoom(201));
      put(shelf, 4);
      put(shelf, 5);
      put(shelf, 6);
      assertTrue(shelf.has(spared));
      assertThrows(Shelf.Full.class, () -> shelf.reserve(201, false));
      shelf.reserve(300, true).close();
      assertFalse(shelf.has(spared));
      assertTrue(shelf.hasRoom(300));
      unspare.run();
      assertTrue(shelf.hasRoom(300));
      assertFalse(shelf.hasRoom(301));
      assertEquals(Optional.empty(), shelf.spare(spared));
    }
  }

  @Test
  void roomThatIsGivenBackLeavesNothing() throws Exception {
    try (Shelf shelf = Shelf.open(folder, 100)) {
      Shelf.Reservation room = shelf.reserve(100, true);
      Files.write(room.file(), new byte[50]);
      assertThrows(Shelf.Full.class, () -> shelf.reserve(1, true));
      room.close();
      room.close();
      assertFalse(Files.exists(room.file()));
      shelf.reserve(100, true).close();
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
    try (Shelf.Reservation room = shelf.reserve(bytes.length, true)) {
      Files.write(room.file(), bytes);
      room.keep(name, sha256);
    }
    return name;
  }
}
