package org.peftbench.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.peftbench.model.Part;
import org.peftbench.result.StepTimes;
import org.peftbench.training.AdamW;
import org.peftbench.training.Learner;

/** The one loop that every method is trained in. */
public final class TrainingLoop {

  private final Learner learner;
  private final NDManager manager;

  /** Makes a loop for a learner that has its first values; arrays live below the manager. */
  public TrainingLoop(Learner learner, NDManager manager) {
    this.learner = learner;
    this.manager = manager;
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
    long step = 0;
    for (int epoch = 0; epoch < epochs; epoch++) {
      double sum = 0;
      for (int[] images : order.epoch(epoch)) {
        long began = System.nanoTime();
        long waited = batches.inputNanos();
        float loss = step(batches, images, optimizer, schedule.at(step));
        clock.add(System.nanoTime() - began, batches.inputNanos() - waited);
        if (!Float.isFinite(loss)) {
          throw new DivergedException(loss, epoch, step);
        }
        sum += (double) loss * images.length;
        listener.step(step, epoch, loss);
        step++;
      }
      losses.add(sum / order.images());
    }
    return new Training(losses, clock.times());
  }

  private float step(Batches batches, int[] images, AdamW optimizer, double lr) {
    try (NDManager owner = manager.newSubManager();
        NDScope scope = Part.scope()) {
      NDArray labels = owner.create(Arrays.stream(images).mapToLong(batches::label).toArray());
      NDList inputs = batches.inputs(owner, images);
      return learner.step(inputs, labels, leaves -> optimizer.update(leaves, lr));
    }
  }
}
