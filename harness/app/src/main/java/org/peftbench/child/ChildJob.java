package org.peftbench.child;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.peftbench.WrongInputException;
import org.peftbench.link.Message;
import org.peftbench.result.Failure;
import org.peftbench.result.Json;

/** Something to do in a child process that is not measured: an order, progress, an answer. */
final class ChildJob {

  private static final int LONGEST_MESSAGE = 1 << 20;

  private ChildJob() {}

  /**
   * Runs an order.
   *
   * @param order in the first line of the child's standard input
   * @param answer the message that ends it
   * @param listener told of every other message
   * @throws WrongInputException if something that was given is wrong
   * @throws JobFailedException if it ended otherwise
   */
  static <M extends Message> M run(
      Object order,
      String device,
      int threads,
      Class<?> mainClass,
      Class<M> answer,
      Consumer<Message> listener)
      throws IOException, InterruptedException, JobFailedException {
    Process process = ChildLaunch.start(device, threads, mainClass);
    Thread killer = new Thread(process::destroyForcibly, "child-killer");
    Runtime.getRuntime().addShutdownHook(killer); // Ctrl-C ends the child with the parent
    LogTail log = new LogTail(process.getErrorStream());
    try (BoundedLines in = new BoundedLines(process.getInputStream(), LONGEST_MESSAGE);
        Writer out = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8)) {
      out.write(Json.MAPPER.writeValueAsString(order) + "\n");
      out.flush();
      for (String line = in.next(); line != null; line = in.next()) {
        Message message = Json.MAPPER.readValue(line, Message.class);
        if (answer.isInstance(message)) {
          return answer.cast(message);
        }
        if (message instanceof Message.Failed failed) {
          throw failure(failed);
        }
        listener.accept(message);
      }
      throw new JobFailedException(
          "the process ended (exit code %d): %s"
              .formatted(process.waitFor(), String.join(" | ", log.lines())));
    } finally {
      process.destroyForcibly();
    }
  }

  /** Runs an order, and hears of nothing but its progress. */
  static <M extends Message> M run(
      Object order,
      String device,
      int threads,
      Class<?> mainClass,
      Class<M> answer,
      Progress listener)
      throws IOException, InterruptedException, JobFailedException {
    Consumer<Message> hears =
        message -> {
          if (message instanceof Message.Progress progress) {
            listener.at(progress.done(), progress.total(), progress.text());
          }
        };
    return run(order, device, threads, mainClass, answer, hears);
  }

  private static JobFailedException failure(Message.Failed failed) {
    if (failed.reason() == Failure.Reason.WRONG_INPUT) {
      throw new WrongInputException(failed.message());
    }
    return new JobFailedException(failed.reason() + ", " + failed.message());
  }
}
