package org.peftbench.child;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoundedLinesTest {

  @Test
  void linesAreReadAsTheyAre() throws IOException {
    assertEquals(List.of("one", "", "tw\u00f6", "last"), lines("one\n\ntw\u00f6\r\nlast", 4));
    assertEquals(List.of("1 %", "2 %", "", "end"), lines("1 %\r2 %\r\n\r\nend\n", 4));
    assertEquals(List.of(), lines("", 4));
  }

  @Test
  void longLineIsCutAndTheNextOneIsWhole() throws IOException {
    assertEquals(List.of("1234...", "next"), lines("123456789\nnext\n", 4));
    assertEquals(List.of("1234..."), lines("12345", 4));
  }

  private static List<String> lines(String text, int longest) throws IOException {
    List<String> lines = new ArrayList<>();
    try (BoundedLines in =
        new BoundedLines(
            new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), longest)) {
      for (String line = in.next(); line != null; line = in.next()) {
        lines.add(line);
      }
    }
    return lines;
  }
}
