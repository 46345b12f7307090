package org.peftbench.train;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;

/** The one loop that every method is trained in, alone or beside others on one backbone. */
public final class TrainingLoop {

  private final NDManager manager;
  private final Runnable settled;
  private final boolean ahead;

  /**
   * Makes a loop.
   *
   * @param manager arrays live below it
   * @param settled waits until the device has computed what it was told to
   */
  public TrainingLoop(NDManager manager, Runnable settled) {
    this(manager, settled, Feed.readsAhead(manager));
  }

  TrainingLoop(NDManager manager, Runnable settled, boolean ahead) {
    this.manager = manager;
    this.settled = settled;
    this.ahead = ahead;
  }

  /** Hears each step. */
  @FunctionalInterface
  public interface Listener {
    /** Called after a step with the losses of all learners that took it, in nats. */
    void step(long step, List<Float> losses);
  }

  /**
   * Trains all learners for a number of epochs; the {@link Trainee}s know what came of it. One
   * whose loss is not a finite number leaves, and the others go on.
   *
   * @param cohorts with as many batches each
   */
  public void train(List<Cohort> cohorts, int epochs, Listener listener) {
    int perEpoch = cohorts.get(0).order().batches();
    List<Feed<int[]>> feeds = new ArrayList<>();
    try {
      cohorts.forEach(cohort -> feeds.add(cohort.feed(manager, epochs, ahead)));
      for (int epoch = 0; epoch < epochs; epoch++) {
        for (int batch = 0; batch < perEpoch; batch++) {
          long step = (long) epoch * perEpoch + batch;
          List<Float> losses = new ArrayList<>();
          for (int i = 0; i < cohorts.size(); i++) {
            losses.addAll(cohorts.get(i).step(feeds.get(i), step, epoch, settled));
          }
          if (losses.isEmpty()) {
            return;
          }
          listener.step(step, losses);
        }
        cohorts.forEach(cohort -> cohort.present().forEach(Trainee::endEpoch));
      }
    } finally {
      feeds.forEach(Feed::close);
    }
  }
}
