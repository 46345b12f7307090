package org.peftbench.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The processor time of this program and of all processes that it started, those that have ended
 * included. Linux tells it; elsewhere it is 0.
 */
final class FamilyTime {

  private static final Path PROCESSES = Path.of("/proc");

  /** {@code USER_HZ}, which is 100 on every Linux that Java runs on. */
  static final double TICKS_A_SECOND = 100;

  // utime, stime, cutime and cstime of proc(5), counted from the field after the name.
  private static final int FIRST = 11;
  private static final int ENDED = 13;
  private static final int LAST = 14;

  private FamilyTime() {}

  /** Seconds so far. */
  static double seconds() {
    ProcessHandle self = ProcessHandle.current();
    long ended;
    long ticks;
    do { // a child that ends in between would not be counted at all
      ended = ticks(self.pid(), ENDED, LAST);
      ticks =
          ticks(self.pid(), FIRST, LAST)
              + self.descendants().mapToLong(child -> ticks(child.pid(), FIRST, LAST)).sum();
    } while (ended != ticks(self.pid(), ENDED, LAST));
    return ticks / TICKS_A_SECOND;
  }

  /** Of a process, of those of its children that have ended, or both. */
  private static long ticks(long pid, int first, int last) {
    try {
      String stat =
          Files.readString(
              PROCESSES.resolve(Long.toString(pid)).resolve("stat"), StandardCharsets.ISO_8859_1);
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      long ticks = 0;
      for (int i = first; i <= last; i++) {
        ticks += Long.parseLong(fields[i]);
      }
      return ticks;
    } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
      return 0; // it has just ended, or this is no Linux
    }
  }
}
