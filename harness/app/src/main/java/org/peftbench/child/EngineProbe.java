package org.peftbench.child;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.peftbench.worker.EngineTrial;

/** Tries the engine in a child, as a cell would load it: a crash there is an answer here. */
public final class EngineProbe {

  private static final long SECONDS = 300;

  /**
   * What came of it.
   *
   * @param works whether a small multiplication came out right
   * @param text version and device, or what went wrong
   */
  public record Result(boolean works, String text) {}

  private EngineProbe() {}

  /** Tries a device. */
  public static Result run(String device) throws IOException, InterruptedException {
    Process process =
        ChildLaunch.start(device, Runtime.getRuntime().availableProcessors(), EngineTrial.class);
    try {
      LogTail log = new LogTail(process.getErrorStream());
      process.getOutputStream().write((device + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().close();
      // What it says fits into the pipe, so that it can end before it is read.
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        return new Result(false, "no answer within " + SECONDS + " seconds");
      }
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.exitValue() == 0) {
        return new Result(true, said);
      }
      List<String> lines = log.lines();
      String last = said.isEmpty() && !lines.isEmpty() ? lines.get(lines.size() - 1) : said;
      return new Result(false, last + " (exit code " + process.exitValue() + ")");
    } finally {
      process.destroyForcibly();
    }
  }
}
