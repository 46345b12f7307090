package org.peftbench.child;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A child's lines, cut at a length: one that never ends a line must not fill the parent's heap. */
final class BoundedLines implements AutoCloseable {

  private final BufferedReader in;
  private final int longest;
  private boolean afterReturn;

  BoundedLines(InputStream in, int longest) {
    this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    this.longest = longest;
  }

  /** The next line, with an ellipsis where it was cut; null at the end of the stream. */
  @Nullable String next() throws IOException {
    int character = in.read();
    if (character == '\n' && afterReturn) {
      character = in.read(); // the second half of one line end
    }
    afterReturn = false;
    if (character < 0) {
      return null;
    }
    StringBuilder line = new StringBuilder();
    boolean cut = false;
    for (; character >= 0 && character != '\n' && character != '\r'; character = in.read()) {
      if (line.length() < longest) {
        line.append((char) character);
      } else {
        cut = true;
      }
    }
    afterReturn = character == '\r';
    return cut ? line + "..." : line.toString();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
