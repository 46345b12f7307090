package org.peftbench.train;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.peftbench.result.StepTimes;
import org.peftbench.train.Feed.Fed;
import org.peftbench.training.AdamW;
import org.peftbench.training.Learner;

/** The one loop that every method is trained in. */
public final class TrainingLoop {

  private final Learner learner;
  private final NDManager manager;
  private final boolean ahead;

  /** Makes a loop for a learner that has its first values; arrays live below the manager. */
  public TrainingLoop(Learner learner, NDManager manager) {
    this(learner, manager, Feed.readsAhead(manager));
  }

  TrainingLoop(Learner learner, NDManager manager, boolean ahead) {
    this.learner = learner;
    this.manager = manager;
    this.ahead = ahead;
  }

  /**
   * The outcome of a training.
   *
   * @param epochLosses mean loss of each epoch, in nats
   * @param steps what the steps took
   */
  public record Training(List<Double> epochLosses, StepTimes steps) {

    /** Copies the losses. */
    public Training {
      epochLosses = List.copyOf(epochLosses);
    }
  }

  /** Hears each step's loss. */
  @FunctionalInterface
  public interface Listener {
    /** Called after a step. */
    void step(long step, int epoch, float loss);
  }

  /**
   * Trains for a number of epochs.
   *
   * @return the mean loss of each epoch, weighted by images, and what the steps took
   * @throws DivergedException at the first loss that is not finite
   */
  public Training train(
      Batches batches,
      BatchOrder order,
      int epochs,
      int warmupEpochs,
      AdamW optimizer,
      double lr,
      Listener listener) {
    long perEpoch = order.batches();
    CosineSchedule schedule = new CosineSchedule(lr, warmupEpochs * perEpoch, epochs * perEpoch);
    List<Double> losses = new ArrayList<>();
    StepClock clock = new StepClock();
    Stepper stepper = new Stepper(learner, optimizer);
    Iterator<int[]> all =
        IntStream.range(0, epochs).boxed().flatMap(epoch -> order.epoch(epoch).stream()).iterator();
    try (Feed<int[]> feed = feed(all, batches)) {
      long step = 0;
      for (int epoch = 0; epoch < epochs; epoch++) {
        double sum = 0;
        for (int batch = 0; batch < perEpoch; batch++) {
          long began = System.nanoTime();
          long waited = feed.waitedNanos();
          Fed<int[]> fed = feed.next().orElseThrow();
          float loss = stepper.step(fed, batches::inputs, schedule.at(step));
          clock.add(System.nanoTime() - began, feed.waitedNanos() - waited);
          if (!Float.isFinite(loss)) {
            throw new DivergedException(loss, epoch, step);
          }
          sum += (double) loss * fed.batch().length;
          listener.step(step, epoch, loss);
          step++;
        }
        losses.add(sum / order.images());
      }
    }
    return new Training(losses, clock.times());
  }

  /** Gives what is read of each batch, and its labels. */
  private Feed<int[]> feed(Iterator<int[]> order, Batches batches) {
    Feed.Reader<int[]> reader =
        (owner, images, memory) -> {
          NDList arrays = batches.read(owner, images, memory);
          arrays.add(owner.create(Arrays.stream(images).mapToLong(batches::label).toArray()));
          return arrays;
        };
    return new Feed<>(manager, order, reader, ahead);
  }
}
