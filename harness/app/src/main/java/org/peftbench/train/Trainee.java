package org.peftbench.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.peftbench.training.AdamW;
import org.peftbench.training.Learner;

/** A learner in training, with all that is its own: optimiser, learning rate, seed and account. */
public final class Trainee {

  private static final double NANOS = 1e9;

  private final Learner learner;
  private final AdamW optimizer;
  private final Stepper stepper;
  private final CosineSchedule schedule;
  private final long seed;
  private final StepClock clock = new StepClock();
  private final List<Double> epochLosses = new ArrayList<>();
  private double sum;
  private long images;
  private long sharedNanos;
  private long ownNanos;
  private @Nullable DivergedException diverged;

  /**
   * Makes a trainee.
   *
   * @param learner with its first values
   * @param optimizer of its values
   * @param schedule of its learning rate
   * @param seed of its dropout
   */
  public Trainee(Learner learner, AdamW optimizer, CosineSchedule schedule, long seed) {
    this.learner = learner;
    this.optimizer = optimizer;
    this.stepper = new Stepper(learner, optimizer);
    this.schedule = schedule;
    this.seed = seed;
  }

  Learner learner() {
    return learner;
  }

  /**
   * What came of it.
   *
   * @throws DivergedException if it left
   */
  public Training training() {
    if (diverged != null) {
      throw diverged;
    }
    return new Training(epochLosses, clock.times());
  }

  /** Why it left the training before its end; empty if it did not. */
  public Optional<DivergedException> diverged() {
    return Optional.ofNullable(diverged);
  }

  /** Seconds of the steps it took that served all of its cohort: input, backbone and taps. */
  double sharedSeconds() {
    return sharedNanos / NANOS;
  }

  /** Seconds of all steps that were its own: forward, backward and update. */
  public double ownSeconds() {
    return ownNanos / NANOS;
  }

  /**
   * Takes a step.
   *
   * @param inputs its own
   * @param labels (B), int64
   * @return the loss before the update, in nats
   */
  float step(Moment moment, NDList inputs, NDArray labels) {
    long began = System.nanoTime();
    // Dropout follows from seed and step alone, whoever else draws numbers in this process.
    inputs.getManager().getEngine().setRandomSeed(moment.seed(seed));
    float loss = stepper.step(inputs, labels, schedule.at(moment.step()));
    long nanos = System.nanoTime() - began;
    ownNanos += nanos;
    sharedNanos += moment.sharedNanos();
    clock.add(moment.sharedNanos() + nanos, moment.inputNanos());
    if (Float.isFinite(loss)) {
      long count = labels.getShape().get(0);
      sum += (double) loss * count;
      images += count;
    } else {
      diverged = new DivergedException(loss, moment.epoch(), moment.step());
      optimizer.close();
    }
    return loss;
  }

  /** Ends an epoch. */
  void endEpoch() {
    epochLosses.add(sum / images);
    sum = 0;
    images = 0;
  }

  /**
   * A step of a cohort, before its learners have taken it.
   *
   * @param step number of the step, from 0 on
   * @param epoch its epoch, from 0 on
   * @param sharedNanos that input and backbone took
   * @param inputNanos of it, the wait for input
   */
  record Moment(long step, int epoch, long sharedNanos, long inputNanos) {

    int seed(long base) {
      return new SplittableRandom(base * 0x9E3779B97F4A7C15L + step).nextInt(Integer.MAX_VALUE);
    }
  }
}
