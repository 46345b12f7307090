package org.peftbench.train;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.SoftmaxCrossEntropyLoss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.peftbench.model.Part;
import org.peftbench.result.StepTimes;

/** The one loop that every method is trained in. */
public final class TrainingLoop {

  private final Learner learner;
  private final NDManager manager;
  private final SoftmaxCrossEntropyLoss crossEntropy = new SoftmaxCrossEntropyLoss();

  /** A loop for a learner whose values are set; arrays live below the manager. */
  public TrainingLoop(Learner learner, NDManager manager) {
    this.learner = learner;
    this.manager = manager;
  }

  /**
   * What came of a training.
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

  /** Told of each step's loss. */
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
      long[] labels = Arrays.stream(images).mapToLong(batches::label).toArray();
      return step(batches.inputs(owner, images), owner.create(labels), optimizer, lr);
    }
  }

  /**
   * One step: loss, gradients, update.
   *
   * @param inputs as {@link Learner#inputs} gives them
   * @param labels classes (B), int64
   * @return the loss before the update, in nats
   */
  public float step(NDList inputs, NDArray labels, AdamW optimizer, double lr) {
    try (NDScope scope = Part.scope();
        Part.Leaves leaves = learner.trained().openLeaves()) {
      NDArray loss;
      try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
        NDArray logits = learner.logits(inputs, true);
        loss = crossEntropy.evaluate(new NDList(labels), new NDList(logits));
        gradients.backward(loss);
      }
      optimizer.update(leaves, lr);
      return loss.getFloat();
    }
  }
}
