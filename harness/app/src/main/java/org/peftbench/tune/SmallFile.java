package org.peftbench.tune;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.peftbench.WrongInputException;
import org.peftbench.file.FileTrouble;
import org.peftbench.file.WholeFile;
import org.peftbench.result.Json;

/** The JSON files of studies, none of which is large. */
final class SmallFile {

  private static final int MOST_MEBIBYTES = 16;

  private SmallFile() {}

  /**
   * Reads a file.
   *
   * @param reader how strict to be
   * @param expected what it should be, in words
   * @throws WrongInputException if it is not there, too large or not that
   */
  static <T> T read(Path file, Class<T> type, ObjectReader reader, String expected) {
    if (!Files.isRegularFile(file)) { // a pipe would never end
      String what = Files.exists(file) ? "not a regular file" : "no such file";
      throw new WrongInputException("%s: %s; expected %s".formatted(file, what, expected));
    }
    try {
      byte[] text =
          WholeFile.read(file, MOST_MEBIBYTES << 20)
              .orElseThrow(
                  () ->
                      new WrongInputException(
                          "%s: more than %d MiB; expected %s"
                              .formatted(file, MOST_MEBIBYTES, expected)));
      T read = reader.readValue(text, type);
      if (read == null) {
        throw new WrongInputException(file + ": null; expected " + expected);
      }
      return read;
    } catch (JsonProcessingException e) {
      throw new WrongInputException(
          "%s: %s; expected %s".formatted(file, Json.explain(e), expected), e);
    } catch (IOException e) {
      throw FileTrouble.wrong(file, "cannot be read", e);
    }
  }

  /** Writes a file whole or not at all, and its folder where that is missing. */
  static void write(Path file, String text) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      WholeFile.write(file, out -> out.write(text.getBytes(UTF_8)));
    } catch (IOException e) {
      throw FileTrouble.wrong(file, "cannot be written", e);
    }
  }
}
