package org.peftbench.child;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.peftbench.WrongInputException;
import org.peftbench.link.StepOrder;
import org.peftbench.link.StepResult;
import org.peftbench.result.Json;
import org.peftbench.worker.StepTrial;

/** Times training steps in a fresh child. */
public final class StepProcess {

  private StepProcess() {}

  /**
   * Runs an order.
   *
   * @param threads engine threads
   * @throws WrongInputException if the child does not come to an end, with its last words
   */
  public static StepResult run(StepOrder order, int threads)
      throws IOException, InterruptedException {
    Process process = ChildLaunch.start(order.device(), threads, StepTrial.class);
    try {
      LogTail log = new LogTail(process.getErrorStream());
      process
          .getOutputStream()
          .write((Json.MAPPER.writeValueAsString(order) + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new WrongInputException(
            order.method().label()
                + " did not finish its steps (exit code "
                + process.exitValue()
                + "): "
                + String.join(" | ", log.lines()));
      }
      return Json.MAPPER.readValue(said, StepResult.class);
    } finally {
      process.destroyForcibly();
    }
  }
}
