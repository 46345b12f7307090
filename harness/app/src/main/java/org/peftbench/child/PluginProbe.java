package org.peftbench.child;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.peftbench.WrongInputException;
import org.peftbench.cell.MethodChoice;
import org.peftbench.link.BindOrder;
import org.peftbench.link.Message;
import org.peftbench.model.ViTConfig;
import org.peftbench.plugin.MethodBinding;
import org.peftbench.plugin.MethodDescription;
import org.peftbench.plugin.MethodSource;
import org.peftbench.plugin.PluginJar;
import org.peftbench.plugin.UnusableJarException;
import org.peftbench.result.Failure;
import org.peftbench.result.Json;
import org.peftbench.worker.ProbeWorker;

/**
 * A jar's methods, asked in a child process with little memory and little time for each answer:
 * whatever the jar does, it does there.
 */
public final class PluginProbe implements MethodSource, AutoCloseable {

  /** Seconds for an answer: starting Java takes one, PyTorch, where a method needs it, a few. */
  private static final int PATIENCE = 20;

  private static final int HEAP_MIB = 512;
  private static final int LONGEST_MESSAGE = 4 << 20;

  private final PluginJar jar;
  private @Nullable Child child;
  private @Nullable UnusableJarException trouble;

  public PluginProbe(PluginJar jar) {
    this.jar = jar;
  }

  public PluginJar jar() {
    return jar;
  }

  @Override
  public List<MethodDescription> describe() throws UnusableJarException {
    close();
    return ask(jar, Message.Described.class).methods();
  }

  @Override
  public MethodBinding bind(String id, Map<String, String> given, ViTConfig backbone)
      throws UnusableJarException {
    if (child == null) {
      describe();
    }
    MethodBinding binding = ask(new BindOrder(id, given, backbone), Message.Bound.class).binding();
    MethodChoice said = binding.choice();
    // Which jar's and which method's cell it becomes is not the jar's to say.
    return binding.as(
        new MethodChoice(id, said.options(), said.given(), Optional.of(jar.sha256())));
  }

  /** A jar that has failed once is not asked again. */
  private <M extends Message> M ask(Object question, Class<M> answer) throws UnusableJarException {
    if (trouble != null) {
      throw trouble;
    }
    try {
      if (child == null) {
        child = new Child();
      }
      return answer(child, question, answer);
    } catch (IOException e) {
      trouble = new UnusableJarException(jar.path() + " cannot be asked: " + e.getMessage(), e);
    } catch (UnusableJarException e) {
      trouble = e;
    }
    throw trouble;
  }

  private <M extends Message> M answer(Child child, Object question, Class<M> answer)
      throws IOException, UnusableJarException {
    CompletableFuture<Void> limit =
        CompletableFuture.runAsync(
            child::stop, CompletableFuture.delayedExecutor(PATIENCE, TimeUnit.SECONDS));
    try {
      child.say(Json.MAPPER.writeValueAsString(question));
      for (String line = child.in.next(); line != null; line = child.in.next()) {
        Message message = read(line);
        if (answer.isInstance(message)) {
          return answer.cast(message);
        }
        if (message instanceof Message.Failed failed) {
          throw failure(failed, question);
        }
      }
    } finally {
      limit.cancel(false);
    }
    throw new UnusableJarException(jar.path() + ": " + child.death());
  }

  private static Message read(String line) throws IOException {
    try {
      return Json.MAPPER.readValue(line, Message.class);
    } catch (JsonProcessingException e) {
      throw new IOException("it answers with what is no message: " + Json.explain(e), e);
    }
  }

  private UnusableJarException failure(Message.Failed failed, Object question) {
    if (failed.reason() == Failure.Reason.WRONG_INPUT && question instanceof BindOrder) {
      throw new WrongInputException(failed.message());
    }
    return new UnusableJarException(jar.path() + ": " + failed.message());
  }

  @Override
  public void close() {
    if (child != null) {
      child.process.destroyForcibly();
      child = null;
    }
  }

  /** The process that runs the jar's code. */
  private static final class Child {

    private final Process process = ChildLaunch.start("cpu", 1, ProbeWorker.class, HEAP_MIB);
    private final LogTail log = new LogTail(process.getErrorStream());
    private final BoundedLines in = new BoundedLines(process.getInputStream(), LONGEST_MESSAGE);
    private final Writer out =
        new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
    private volatile boolean tooSlow;

    Child() throws IOException {}

    /** A child that has gone says so by its silence. */
    void say(String line) {
      try {
        out.write(line + "\n");
        out.flush();
      } catch (IOException e) {
        log.add("(" + e.getMessage() + ")");
      }
    }

    void stop() {
      tooSlow = true;
      process.destroyForcibly();
    }

    String death() {
      if (tooSlow) {
        return "its methods did not say within " + PATIENCE + " s what they are";
      }
      try {
        process.waitFor(1, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return "its code ended the process that asked what its methods are"
          + (process.isAlive() ? "" : ", with exit code " + process.exitValue());
    }
  }
}
