package org.peftbench.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The processor time of this program and of the children that it has started, also of those that
 * have ended: cells that run side by side are no strangers to each other. Reads Linux's {@code
 * /proc}; elsewhere it is zero.
 */
final class OwnTime {

  private static final Path PROC = Path.of("/proc");
  private static final int TICK_MILLIS = 10; // USER_HZ is 100 on every Linux that Java runs on

  // Fields of /proc/PID/stat after the name, in ticks: user and system.
  private static final List<Integer> OWN = List.of(11, 12);
  // The same of children that have ended and were waited for.
  private static final List<Integer> ENDED = List.of(13, 14);

  private OwnTime() {}

  /** The time so far. */
  static Duration read() {
    ProcessHandle self = ProcessHandle.current();
    long ended;
    long ticks;
    do { // a child that ends in between would be counted twice, or not at all
      ended = ticks(self, ENDED);
      ticks = ended + ticks(self, OWN) + self.children().mapToLong(OwnTime::used).sum();
    } while (ended != ticks(self, ENDED));
    return Duration.ofMillis(ticks * TICK_MILLIS);
  }

  private static long used(ProcessHandle child) {
    return ticks(child, OWN);
  }

  private static long ticks(ProcessHandle process, List<Integer> which) {
    Path file = PROC.resolve(Long.toString(process.pid())).resolve("stat");
    try {
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      // The name may hold anything, brackets too.
      String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
      return which.stream().mapToLong(field -> Long.parseLong(fields[field])).sum();
    } catch (IOException | RuntimeException e) {
      return 0; // it has just ended, or this is no Linux
    }
  }
}
