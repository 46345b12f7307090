package org.peftbench.file;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peftbench.WrongInputException;

class Sha256Test {

  /** The example of FIPS 180-2, appendix B.1. */
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void bytesAndAFileWithTheSameBytesHaveTheSameHash(@TempDir Path folder) throws IOException {
    assertEquals(ABC, Sha256.of("abc".getBytes(US_ASCII)));
    assertEquals(ABC, Sha256.of(Files.writeString(folder.resolve("abc"), "abc")));
  }

  @Test
  void aFileLongerThanAPieceIsHashedWhole(@TempDir Path folder) throws IOException {
    byte[] bytes = new byte[(1 << 20) + 1];
    assertEquals(Sha256.of(bytes), Sha256.of(Files.write(folder.resolve("long"), bytes)));
  }

  @Test
  void aFileThatIsMissingIsWrongInput(@TempDir Path folder) {
    Path missing = folder.resolve("missing");
    String message =
        String.valueOf(
            assertThrows(WrongInputException.class, () -> Sha256.of(missing)).getMessage());
    assertTrue(message.startsWith(missing + ": cannot be read: "), message);
  }
}
