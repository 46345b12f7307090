package org.peftbench.run;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.peftbench.child.Child;
import org.peftbench.child.JobFailedException;
import org.peftbench.cloud.Computer;
import org.peftbench.link.Message;
import org.peftbench.link.Order;
import org.peftbench.link.Order.TapShard;
import org.peftbench.measure.GpuMeters;

/**
 * A frozen backbone in a child process, which is started again should it end: a batch on which it
 * ended twice is given up, and others are not.
 */
public final class TapProcess implements Computer, AutoCloseable {

  private static final int TRIES = 2;

  private final Order.OpenTaps order;
  private final int threads;
  private final String engine;
  private @Nullable Child child;

  private TapProcess(Order.OpenTaps order, int threads, Child child, String engine) {
    this.order = order;
    this.threads = threads;
    this.child = child;
    this.engine = engine;
  }

  /**
   * Starts a child, and waits until the backbone is there.
   *
   * @param threads engine threads
   * @param meters of this machine's GPUs
   * @throws org.peftbench.WrongInputException if something that was given is wrong
   * @throws JobFailedException if the child ended without having loaded it
   */
  public static TapProcess start(Order.OpenTaps order, int threads, GpuMeters meters)
      throws IOException, InterruptedException, JobFailedException {
    Optional<String> model;
    try (GpuAccess gpu = GpuAccess.of(order.device(), meters)) {
      model = gpu.model();
    }
    String[] name = {""};
    Child child = open(order, threads, engine -> name[0] = engine.name());
    String engine = name[0] + " " + model.orElse(order.device().type().toString());
    return new TapProcess(order, threads, child, engine);
  }

  private interface Hearing {
    void engine(Message.Engine engine);
  }

  private static Child open(Order.OpenTaps order, int threads, Hearing hearing)
      throws IOException, InterruptedException, JobFailedException {
    Child child = Child.start(order, threads, Optional.empty());
    try {
      child.endsWithItsOwner();
      var unused =
          child.await(
              Message.TapsOpen.class,
              other -> {
                if (other instanceof Message.Engine engine) {
                  hearing.engine(engine);
                }
              });
      return child;
    } catch (RuntimeException | Error | InterruptedException | JobFailedException e) {
      child.close();
      throw e;
    }
  }

  /** Engine and version, and what it computes on. */
  public String engine() {
    return engine;
  }

  @Override
  public double compute(Batch batch) throws NotComputed, InterruptedException {
    Order.ReadTaps read =
        new Order.ReadTaps(
            batch.images().stream().map(Object::toString).toList(),
            batch.taps(),
            batch.type(),
            batch.pieces().stream()
                .map(piece -> new TapShard(piece.file().toString(), piece.images()))
                .toList());
    for (int left = TRIES; ; left--) {
      try {
        return compute(read);
      } catch (JobFailedException e) {
        close();
        if (left == 1) {
          throw new NotComputed("the backbone's process ended: " + e.getMessage(), e);
        }
        for (Piece piece : batch.pieces()) {
          boolean unused = piece.file().toFile().delete();
        }
      } catch (IOException e) {
        throw new NotComputed("the backbone's process cannot be started: " + e.getMessage(), e);
      }
    }
  }

  private double compute(Order.ReadTaps read)
      throws NotComputed, IOException, InterruptedException, JobFailedException {
    if (child == null) {
      child = open(order, threads, engine -> {});
    }
    child.say(read);
    Message.OfTaps answer = child.await(Message.OfTaps.class, other -> {});
    if (answer instanceof Message.TapsRefused refused) {
      throw new NotComputed(refused.reason() + ", " + refused.message());
    }
    return ((Message.TapsRead) answer).seconds();
  }

  @Override
  public void close() {
    if (child != null) {
      child.close();
      child = null;
    }
  }
}
