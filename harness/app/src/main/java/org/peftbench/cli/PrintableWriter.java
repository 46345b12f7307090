package org.peftbench.cli;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.peftbench.Printable;

/**
 * What all commands print through: a name from a folder, a jar or a record does nothing to the
 * terminal. Lines and tabs pass, as they are this program's own; a name that could hold some is
 * made {@link Printable#line} where it is put into a line.
 */
final class PrintableWriter extends FilterWriter {

  private PrintableWriter(Writer out) {
    super(out);
  }

  /** Tables are UTF-8 wherever they go: in a job's plain locale Java would print "?" for "±". */
  static PrintWriter on(OutputStream stream) {
    return new PrintWriter(
        new PrintableWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8)), true);
  }

  @Override
  public void write(int character) throws IOException {
    write(Character.toString(character));
  }

  @Override
  public void write(char[] characters, int offset, int length) throws IOException {
    write(new String(characters, offset, length));
  }

  @Override
  public void write(String text, int offset, int length) throws IOException {
    out.write(Printable.text(text.substring(offset, offset + length)));
  }
}
