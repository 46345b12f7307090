package org.peftbench.child;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last lines of a stream, which is read to its end so that its writer never blocks. */
final class LogTail {

  private static final int LINES = 40;
  private static final int CHARACTERS = 500;

  private final Deque<String> lines = new ArrayDeque<>();
  private final Thread reader;

  LogTail(InputStream in) {
    reader = new Thread(() -> read(in), "log-reader");
    reader.setDaemon(true);
    reader.start();
  }

  private void read(InputStream in) {
    try (BoundedLines text = new BoundedLines(in, CHARACTERS)) {
      for (String line = text.next(); line != null; line = text.next()) {
        add(line);
      }
    } catch (IOException e) {
      add("(the log ends here: " + e.getMessage() + ")");
    }
  }

  /** Adds a line that came another way. */
  synchronized void add(String line) {
    lines.addLast(line.length() > CHARACTERS ? line.substring(0, CHARACTERS) + "..." : line);
    if (lines.size() > LINES) {
      lines.removeFirst();
    }
  }

  /** The last lines, oldest first, after the stream has ended. */
  List<String> lines() throws InterruptedException {
    reader.join(2000); // a grandchild may hold the stream open
    synchronized (this) {
      return List.copyOf(lines);
    }
  }
}
