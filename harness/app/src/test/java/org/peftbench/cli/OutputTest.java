package org.peftbench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OutputTest {

  private static final class Full extends OutputStream {
    @Override
    public void write(int octet) throws IOException {
      throw new IOException("No space left on device");
    }
  }

  private final StringWriter err = new StringWriter();

  private int exit(Output output, int code) {
    PrintWriter out = PrintableWriter.on(output);
    out.println("a table");
    return output.exitCode(code, new PrintWriter(err, true));
  }

  @Test
  void whatCouldNotBeWrittenIsNoSuccess() {
    assertEquals(1, exit(new Output(new Full(), false), 0));
    assertEquals(
        "bench: standard output could not be written: No space left on device",
        err.toString().strip());
  }

  @Test
  void aWorseEndStays() {
    assertEquals(2, exit(new Output(new Full(), false), 2));
  }

  @Test
  void aReaderMayStopReading() {
    assertEquals(0, exit(new Output(new Full(), true), 0));
    assertEquals("", err.toString());
  }

  @Test
  void namesDoNothingToTheTerminal() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Output output = new Output(bytes, false);
    PrintWriter out = PrintableWriter.on(output);
    out.printf("%s\t%c|%n", "caf\u00e9 \u001b[2J\u202e", '\u009b');
    out.flush();
    assertEquals("café \\u001b[2J\\u202e\t\\u009b|\n", bytes.toString(StandardCharsets.UTF_8));
    assertEquals(0, output.exitCode(0, new PrintWriter(err, true)));
  }
}
