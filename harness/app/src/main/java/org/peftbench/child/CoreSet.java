package org.peftbench.child;

import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * Processors of Linux that a child is kept to, so that it meets no other on a core.
 *
 * @param processors their numbers
 */
public record CoreSet(List<Integer> processors) {

  private static final long PATIENCE_SECONDS = 10;

  /** Sorts the numbers. */
  public CoreSet {
    processors = List.copyOf(new TreeSet<>(processors));
    if (processors.isEmpty()) {
      throw new IllegalArgumentException("a child needs a processor");
    }
  }

  /** What stands before a command that is to be kept to them. */
  List<String> command() {
    return List.of("taskset", "-c", toString());
  }

  /** Whether this system can keep a process to them. */
  boolean works() throws InterruptedException {
    ProcessBuilder trial = new ProcessBuilder("taskset", "-c", toString(), "true");
    trial.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    try {
      Process process = trial.start();
      boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      process.destroyForcibly();
      return ended && process.exitValue() == 0;
    } catch (IOException e) {
      return false; // there is no taskset
    }
  }

  /** As Linux writes them: {@code 0-3,8}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < processors.size(); i++) {
      int first = processors.get(i);
      while (i + 1 < processors.size() && processors.get(i + 1) == processors.get(i) + 1) {
        i++;
      }
      int last = processors.get(i);
      text.append(text.isEmpty() ? "" : ",").append(first);
      text.append(last == first ? "" : "-" + last);
    }
    return text.toString();
  }
}
