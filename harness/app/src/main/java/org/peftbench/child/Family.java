package org.peftbench.child;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A child and all that comes of it. Those are its descendants, and where it has ended before them
 * and they are nobody's, the processes that inherited the mark in its environment.
 */
final class Family {

  private static final String VARIABLE = "BENCH_CHILD";
  private static final Path PROCESSES = Path.of("/proc");
  private static final int ROUNDS = 100;
  private static final long ROUND_MILLIS = 10;

  private final String mark = UUID.randomUUID().toString();
  private volatile boolean extinct;

  /** Marks a child that is to be started. */
  void into(Map<String, String> environment) {
    environment.put(VARIABLE, mark);
  }

  /** Ends the child and all that came of it. */
  void end(ProcessHandle child) {
    if (extinct) {
      return;
    }
    List<ProcessHandle> descendants = child.descendants().toList();
    child.destroyForcibly();
    descendants.forEach(ProcessHandle::destroyForcibly);
    // What is ended takes a moment, in which it may start another.
    for (int round = 0; round < ROUNDS && !extinct; round++) {
      List<ProcessHandle> left = marked();
      extinct = left.isEmpty();
      if (!extinct) {
        left.forEach(ProcessHandle::destroyForcibly);
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(ROUND_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // whoever waits for the child is told
    }
  }

  private List<ProcessHandle> marked() {
    List<ProcessHandle> found = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
      for (Path process : processes) {
        if (isMarked(process)) {
          ProcessHandle.of(Long.parseLong(String.valueOf(process.getFileName())))
              .ifPresent(found::add);
        }
      }
    } catch (IOException e) {
      // No Linux: then only those are known whose parents live.
    }
    return found;
  }

  private boolean isMarked(Path process) {
    try {
      String environment =
          Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1);
      return environment.contains(VARIABLE + "=" + mark);
    } catch (IOException e) {
      return false; // it has just ended, or is another user's
    }
  }
}
