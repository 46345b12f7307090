package org.peftbench.child;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.peftbench.WrongInputException;
import org.peftbench.file.OwnFolder;
import org.peftbench.link.Message;
import org.peftbench.link.Order;
import org.peftbench.result.Failure;
import org.peftbench.result.Json;
import org.peftbench.result.PhaseCost;
import org.peftbench.worker.Worker;

/**
 * A child process, from its start to its end. It is given orders and heard message by message; it
 * ends with this object, with this program, and when it is silent or busy for too long.
 */
public final class Child implements AutoCloseable {

  // An outcome has a number an epoch; a record may have 16 MiB.
  private static final int LONGEST_MESSAGE = 16 << 20;

  /** The system may have much memory to take back. */
  private static final Duration PARTING = Duration.ofMinutes(1);

  private static final long KILLED_WITHIN_SECONDS = 5;

  private final Process process;
  private final OwnFolder temporary;
  private final LogTail log;
  private final Said said;
  private final Writer out;
  private final Family family;
  private final Patience patience;
  private final Thread killer;
  private final long began = System.nanoTime();
  private volatile long asked = began;
  private volatile boolean waiting;
  private volatile @Nullable String stopped;

  private Child(Process process, Family family, Patience patience, OwnFolder temporary) {
    this.process = process;
    this.family = family;
    this.patience = patience;
    this.temporary = temporary;
    this.log = new LogTail(process.getErrorStream());
    this.said = new Said(process.getInputStream(), LONGEST_MESSAGE);
    this.out = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
    this.killer = new Thread(this::kill, "child-killer");
  }

  /** Ctrl-C ends the child with the parent. */
  private void endsWithThisProgram() throws InterruptedException {
    try {
      Runtime.getRuntime().addShutdownHook(killer);
    } catch (IllegalStateException e) {
      kill(); // this program ends already
      throw new InterruptedException("stopped");
    }
  }

  /**
   * Starts a child and gives it an order.
   *
   * @param threads engine threads
   * @param limit the longest that it may run; empty for no limit
   * @throws InterruptedException if this program ends already
   */
  public static Child start(Order order, int threads, Optional<Duration> limit)
      throws IOException, InterruptedException {
    return start(order, Optional.empty(), threads, limit);
  }

  /**
   * Starts a child that is kept to some processors, and gives it an order.
   *
   * @param cores the processors; empty for all that this program may use
   * @param threads engine threads
   * @param limit the longest that it may run; empty for no limit
   * @throws InterruptedException if this program ends already
   */
  public static Child start(
      Order order, Optional<CoreSet> cores, int threads, Optional<Duration> limit)
      throws IOException, InterruptedException {
    return start(order, cores, threads, new Patience(limit, order.patience()), Worker.class);
  }

  static Child start(
      Order order, Optional<CoreSet> cores, int threads, Patience patience, Class<?> mainClass)
      throws IOException, InterruptedException {
    Family family = new Family();
    // The engine leaves files where temporary ones go, each time: what is there goes with the
    // child.
    OwnFolder temporary = OwnFolder.temporary("child");
    Process process = launch(order, cores, family, temporary, threads, mainClass);
    Child child = new Child(process, family, patience, temporary);
    child.endsWithThisProgram();
    if (patience.ends()) {
      Thread watch = new Thread(child::watch, "child-watch");
      watch.setDaemon(true);
      watch.start();
    }
    child.say(order);
    return child;
  }

  private static Process launch(
      Order order,
      Optional<CoreSet> cores,
      Family family,
      OwnFolder temporary,
      int threads,
      Class<?> mainClass)
      throws IOException {
    try {
      return ChildLaunch.start(
          Natives.of(order),
          new Place(order.device(), cores),
          family,
          temporary.path(),
          threads,
          order.heapMib(),
          mainClass);
    } catch (IOException | RuntimeException e) {
      temporary.close();
      throw e;
    }
  }

  /**
   * Has an order carried out by a child of its own.
   *
   * @param threads engine threads
   * @param answer the message that ends it
   * @param others told of every other message
   * @throws WrongInputException if something that was given is wrong
   * @throws JobFailedException if it ended without an answer
   */
  public static <M extends Message> M run(
      Order order, int threads, Class<M> answer, Consumer<Message> others)
      throws IOException, InterruptedException, JobFailedException {
    try (Child child = start(order, threads, Optional.empty())) {
      return child.await(answer, others);
    }
  }

  private void watch() {
    try {
      while (!process.waitFor(250, TimeUnit.MILLISECONDS)) {
        long now = System.nanoTime();
        patience.over(now - began, waiting ? now - asked : 0).ifPresent(this::stop);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void stop(String why) {
    stopped = why;
    kill();
  }

  /**
   * From now on this program's end is no end of it: its owner closes it then, once it has finished
   * what it does. It still ends once this program is gone.
   */
  public void endsWithItsOwner() {
    boolean unused = releaseKiller();
  }

  /** Gives an order. */
  public void say(Order order) {
    write(order, Order.class);
  }

  /** Answers a phase's beginning with what the phase before it cost. */
  public void answer(PhaseCost cost) {
    write(cost, PhaseCost.class);
  }

  private void write(Object said, Class<?> as) {
    try {
      out.write(Json.MAPPER.writerFor(as).writeValueAsString(said) + "\n");
      out.flush();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what is said to a child has no JSON", e);
    } catch (IOException e) {
      // The child has gone: how it ended, and what it said before, is still to be heard.
    }
  }

  /**
   * Waits for the next message; empty once the child has closed its line or has ended.
   *
   * @throws InterruptedException if this thread was told to end meanwhile
   */
  public Optional<Message> next() throws InterruptedException {
    waiting = true;
    asked = System.nanoTime();
    for (var line = said.next(this::isGone); line.isPresent(); line = said.next(this::isGone)) {
      try {
        Message message = Json.MAPPER.readValue(line.get(), Message.class);
        waiting = false;
        return Optional.of(message);
      } catch (JsonProcessingException e) {
        log.add(line.get()); // something else wrote to standard output
      }
    }
    return Optional.empty();
  }

  /** What the child has started goes with it, and with that what holds its line open. */
  private boolean isGone() {
    if (process.isAlive()) {
      return false;
    }
    kill();
    return true;
  }

  /**
   * Waits for an answer.
   *
   * @param others told of every other message
   * @throws WrongInputException if something that was given is wrong
   * @throws JobFailedException if the child ended without the answer
   * @throws InterruptedException if this program was told to end meanwhile
   */
  public <M extends Message> M await(Class<M> answer, Consumer<Message> others)
      throws InterruptedException, JobFailedException {
    for (Optional<Message> said = next(); said.isPresent(); said = next()) {
      Message message = said.get();
      if (answer.isInstance(message)) {
        return answer.cast(message);
      }
      if (message instanceof Message.Failed failed) {
        if (failed.reason() == Failure.Reason.WRONG_INPUT) {
          throw new WrongInputException(failed.message());
        }
        kill(); // it has nothing more to do, whatever it does
        throw new JobFailedException(new Failure(failed.reason(), failed.message(), end().log()));
      }
      others.accept(message);
    }
    throw new JobFailedException(end().failure(""));
  }

  /**
   * Waits for the child's process to end, which it does after its last word, and ends what it
   * started.
   *
   * @throws InterruptedException if this program was told to end meanwhile, and so ended the child
   */
  public Ending end() throws InterruptedException {
    if (!process.waitFor(PARTING.toSeconds(), TimeUnit.SECONDS)) {
      stop("because it did not end after its last word");
    }
    int exit = process.waitFor();
    kill();
    if (!releaseKiller()) {
      throw new InterruptedException("stopped");
    }
    return new Ending(exit, Optional.ofNullable(stopped), log.lines());
  }

  /** The child's process, to be measured. */
  public ProcessHandle process() {
    return process.toHandle();
  }

  @Override
  public void close() {
    kill();
    releaseKiller();
  }

  private void kill() {
    family.end(process());
    try {
      if (process.waitFor(KILLED_WITHIN_SECONDS, TimeUnit.SECONDS)) {
        deleteTemporary();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void deleteTemporary() {
    try {
      temporary.close();
    } catch (UncheckedIOException e) {
      // The next child's parent deletes it.
    }
  }

  /** Whether this program goes on; if not, the killer is already at work. */
  private boolean releaseKiller() {
    try {
      Runtime.getRuntime().removeShutdownHook(killer);
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }
}
