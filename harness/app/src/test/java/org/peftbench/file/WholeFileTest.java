package org.peftbench.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {

  @TempDir private Path folder;

  @Test
  void aFileIsWrittenInPlaceOfAnOlderOneAndNothingElseIsLeft() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "an older one, which was longer");
    WholeFile.write(
        file,
        out -> {
          out.write(text("new "));
          out.write(text("one"));
        });
    assertEquals("new one", Files.readString(file));
    assertEquals(List.of(file), files());
  }

  @Test
  void whenWritingFailsHalfWayTheOlderFileIsAsItWasAndNothingElseIsLeft() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "older");
    for (Exception trouble : List.of(new IOException("full"), new IllegalStateException("bug"))) {
      Exception thrown =
          assertThrows(trouble.getClass(), () -> WholeFile.write(file, halfWay(trouble)));
      assertSame(trouble, thrown);
      assertEquals("older", Files.readString(file));
      assertEquals(List.of(file), files());
    }
  }

  @Test
  void whenWritingFailsHalfWayThereIsNoFileWhereThereWasNone() throws IOException {
    Path file = folder.resolve("file");
    assertThrows(IOException.class, () -> WholeFile.write(file, halfWay(new IOException("full"))));
    assertEquals(List.of(), files());
  }

  @Test
  void aFolderInTheWayIsLeftAlone() throws IOException {
    Path inTheWay = Files.createDirectories(folder.resolve("file"));
    Files.writeString(inTheWay.resolve("inside"), "");
    assertThrows(IOException.class, () -> WholeFile.write(inTheWay, out -> out.write(1)));
    assertEquals(List.of(inTheWay), files());
    assertTrue(Files.exists(inTheWay.resolve("inside")));
  }

  @Test
  void whatIsBeingWrittenIsHidden() throws IOException {
    WholeFile.write(
        folder.resolve("file"),
        out -> {
          List<Path> now = files();
          assertEquals(1, now.size());
          assertTrue(now.get(0).getFileName().toString().startsWith(".file."), now.toString());
        });
  }

  @Test
  void aFileInTheWorkingDirectoryNeedsNoFolderInItsName() throws IOException {
    Path file = Path.of("target.whole-file-test");
    try {
      WholeFile.write(file, out -> out.write(text("here")));
      assertEquals("here", Files.readString(file));
    } finally {
      Files.deleteIfExists(file);
    }
  }

  @Test
  void aFileIsReadUpToTheBytesThatItMayHave() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "12345");
    assertArrayEquals(text("12345"), WholeFile.read(file, 5).orElseThrow());
    assertEquals(Optional.empty(), WholeFile.read(file, 4));
    assertThrows(NoSuchFileException.class, () -> WholeFile.read(folder.resolve("none"), 5));
  }

  @Test
  void aFileWithoutEndIsNotReadForEver() throws IOException {
    Path zeros = Path.of("/dev/zero");
    if (Files.exists(zeros)) {
      assertFalse(WholeFile.read(zeros, 1000).isPresent());
    }
  }

  private static WholeFile.Content halfWay(Exception trouble) {
    return out -> {
      out.write(text("half"));
      if (trouble instanceof IOException full) {
        throw full;
      }
      throw (RuntimeException) trouble;
    };
  }

  private static byte[] text(String text) {
    return text.getBytes(UTF_8);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
