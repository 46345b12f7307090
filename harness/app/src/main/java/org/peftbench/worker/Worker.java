package org.peftbench.worker;

import ai.djl.engine.EngineException;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.peftbench.WrongInputException;
import org.peftbench.link.Message;
import org.peftbench.link.WorkOrder;
import org.peftbench.result.Failure;
import org.peftbench.result.Json;
import org.peftbench.train.DivergedException;

/** Main class of a cell's child: reads one work order, runs it, and ends. */
public final class Worker {

  private static final System.Logger LOG = System.getLogger(Worker.class.getName());

  private Worker() {}

  /** What a child is for: reads its order from the parent and has a last word to say. */
  @FunctionalInterface
  interface Job {
    Message run(Parent parent) throws JsonProcessingException;
  }

  /** Runs the work order that stands in the first line of standard input. */
  public static void main(String[] args) {
    serve(
        parent -> {
          WorkOrder order = Json.MAPPER.readValue(parent.receive(), WorkOrder.class);
          return new CellRun(order, parent).run();
        });
  }

  /** Does a job, says how it ended, and ends this process. */
  static void serve(Job job) {
    // Standard output belongs to the messages; whatever else prints goes to the log.
    PrintStream messages =
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    System.setOut(System.err);
    Parent parent = new Parent(System.in, messages);
    try {
      parent.finish(job.run(parent));
    } catch (JsonProcessingException | RuntimeException | Error e) {
      // Whatever a method does is its cell's result, not the harness's end; the log has the trace.
      LOG.log(System.Logger.Level.ERROR, "the work failed", e);
      parent.send(new Message.Failed(reason(e), message(e)));
    }
    // Plugins may have left threads behind; they do not keep a finished cell alive.
    Runtime.getRuntime().halt(0);
  }

  static Failure.Reason reason(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof WrongInputException) {
        return Failure.Reason.WRONG_INPUT;
      }
      if (cause instanceof DivergedException) {
        return Failure.Reason.DIVERGED;
      }
      if (cause instanceof OutOfMemoryError
          || (cause instanceof EngineException && saysOutOfMemory(cause.getMessage()))) {
        return Failure.Reason.OUT_OF_MEMORY;
      }
    }
    return Failure.Reason.ERROR;
  }

  // PyTorch has one exception type; its allocators are told apart by their words.
  private static boolean saysOutOfMemory(@Nullable String message) {
    String text = message == null ? "" : message.toLowerCase(Locale.ROOT);
    return text.contains("out of memory")
        || text.contains("not enough memory")
        || text.contains("can't allocate memory");
  }

  static String message(Throwable thrown) {
    String text = thrown.getMessage();
    String first =
        text == null || text.isBlank() ? "no message" : text.lines().findFirst().orElse("");
    return thrown instanceof WrongInputException || thrown instanceof DivergedException
        ? first
        : thrown.getClass().getSimpleName() + ": " + first;
  }
}
