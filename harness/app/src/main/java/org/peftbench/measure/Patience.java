package org.peftbench.measure;

import org.peftbench.measure.nvml.NvmlException;

/** Asks a driver again that could not answer once. */
final class Patience {

  private static final int TRIES = 5;
  private static final long MILLIS = 20;

  private Patience() {}

  /** What is asked of a driver. */
  interface Question<T> {
    T ask() throws NvmlException;
  }

  /**
   * The answer.
   *
   * @throws NvmlException if something is broken, or no try has an answer
   */
  static <T> T with(Question<T> question) throws NvmlException, InterruptedException {
    for (int tried = 1; ; tried++) {
      try {
        return question.ask();
      } catch (NvmlException e) {
        if (!e.isPassing() || tried == TRIES) {
          throw e;
        }
        Thread.sleep(MILLIS);
      }
    }
  }
}
