package org.peftbench.run;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.peftbench.plan.WrongInputException;
import org.peftbench.pretrain.ModelCard;
import org.peftbench.pretrain.PretrainOrder;
import org.peftbench.pretrain.Pretraining;
import org.peftbench.result.Failure;
import org.peftbench.result.Json;
import org.peftbench.worker.Message;
import org.peftbench.worker.PretrainWorker;

/** Pretrains a backbone in a child process. */
public final class PretrainProcess {

  private static final int LONGEST_MESSAGE = 1 << 20;

  private PretrainProcess() {}

  /** The training did not come to its end. */
  public static final class FailedException extends Exception {

    private static final long serialVersionUID = 1L;

    FailedException(String message) {
      super(message);
    }
  }

  /**
   * Runs an order.
   *
   * @param threads engine threads
   * @param listener told how far it is
   * @throws WrongInputException if something that was given is wrong
   * @throws FailedException if it ended otherwise
   */
  public static ModelCard run(PretrainOrder order, int threads, Pretraining.Listener listener)
      throws IOException, InterruptedException, FailedException {
    Process process = ChildLaunch.start(order.device(), threads, PretrainWorker.class);
    Thread killer = new Thread(process::destroyForcibly, "child-killer");
    Runtime.getRuntime().addShutdownHook(killer); // Ctrl-C ends the child with the parent
    LogTail log = new LogTail(process.getErrorStream());
    try (BoundedLines in = new BoundedLines(process.getInputStream(), LONGEST_MESSAGE);
        Writer out = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8)) {
      out.write(Json.MAPPER.writeValueAsString(order) + "\n");
      out.flush();
      for (String line = in.next(); line != null; line = in.next()) {
        Message message = Json.MAPPER.readValue(line, Message.class);
        if (message instanceof Message.Progress progress) {
          listener.at(progress.done(), progress.total(), progress.text());
        } else if (message instanceof Message.Pretrained pretrained) {
          return pretrained.card();
        } else if (message instanceof Message.Failed failed) {
          throw failure(failed);
        }
      }
      throw new FailedException(
          "the process ended (exit code %d): %s"
              .formatted(process.waitFor(), String.join(" | ", log.lines())));
    } finally {
      process.destroyForcibly();
    }
  }

  private static FailedException failure(Message.Failed failed) {
    if (failed.reason() == Failure.Reason.WRONG_INPUT) {
      throw new WrongInputException(failed.message());
    }
    return new FailedException(failed.reason() + ", " + failed.message());
  }
}
