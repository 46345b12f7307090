package org.peftbench.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.peftbench.model.Part;
import org.peftbench.task.ImageBatch;
import org.peftbench.train.Feed.Fed;
import org.peftbench.training.Learner;
import org.peftbench.training.SharedTaps;

/**
 * The number of images that a learner classifies right.
 *
 * @param correct images whose largest logit is their class's
 * @param images images judged
 */
public record Judgement(long correct, long images) {

  /** Hears of each batch. */
  @FunctionalInterface
  public interface Listener {
    /** Called after a batch with the number of images judged so far. */
    void judged(long images);
  }

  /**
   * Judges batches of images, each read once.
   *
   * @throws DivergedException if a logit is infinite or not a number
   */
  public static Judgement of(
      Learner learner,
      ImageArrays arrays,
      Iterator<ImageBatch> batches,
      NDManager manager,
      Listener listener) {
    return of(List.of(learner), arrays, batches, manager, listener)
        .get(0)
        .orElseThrow(DivergedException::inJudging);
  }

  /**
   * Judges several learners of one backbone on batches of images: each is read once, and runs
   * through the backbone once.
   *
   * @return of each learner; empty if one of its logits is infinite or not a number
   */
  public static List<Optional<Judgement>> of(
      List<Learner> learners,
      ImageArrays arrays,
      Iterator<ImageBatch> batches,
      NDManager manager,
      Listener listener) {
    SharedTaps taps = SharedTaps.of(learners);
    Feed.Reader<ImageBatch> reader =
        (owner, batch, memory) -> new NDList(arrays.of(owner, batch.pixels(), memory));
    try (Feed<ImageBatch> feed = Feed.of(manager, batches, reader)) {
      return judge(
          learners,
          feed,
          read -> taps.read(arrays.floats(read.singletonOrThrow())),
          ImageBatch::labels,
          listener);
    }
  }

  /**
   * Judges several learners on taps that lie somewhere: each batch is read once.
   *
   * @param batches all images to judge on, which are taken in order
   * @param batchSize images at a time
   * @return of each learner; empty if one of its logits is infinite or not a number
   */
  public static List<Optional<Judgement>> of(
      List<Learner> learners,
      Batches batches,
      int batchSize,
      NDManager manager,
      Listener listener) {
    Iterator<int[]> inOrder = BatchOrder.inOrder(batches.images(), batchSize).iterator();
    try (Feed<int[]> feed = Feed.of(manager, inOrder, batches::read)) {
      return judge(
          learners,
          feed,
          batches::inputs,
          images -> Arrays.stream(images).map(batches::label).toArray(),
          listener);
    }
  }

  private static <B> List<Optional<Judgement>> judge(
      List<Learner> learners,
      Feed<B> feed,
      UnaryOperator<NDList> inputs,
      Function<B, int[]> labelsOf,
      Listener listener) {
    SharedTaps taps = SharedTaps.of(learners);
    List<Tally> tallies = learners.stream().map(Tally::new).toList();
    long images = 0;
    for (var fed = feed.next(); fed.isPresent(); fed = feed.next()) {
      int[] labels = labelsOf.apply(fed.get().batch());
      try (Fed<B> batch = fed.get();
          NDScope scope = Part.scope()) {
        NDList read = inputs.apply(batch.arrays());
        tallies.forEach(tally -> tally.add(taps, read, labels));
      }
      images += labels.length;
      listener.judged(images);
    }
    long all = images;
    return tallies.stream().map(tally -> tally.judgement(all)).toList();
  }

  /** What one learner has classified right so far. */
  private static final class Tally {

    private final Learner learner;
    private long correct;
    private boolean finite = true;

    Tally(Learner learner) {
      this.learner = learner;
    }

    void add(SharedTaps taps, NDList read, int[] labels) {
      try (NDScope scope = Part.scope()) {
        NDArray logits = learner.logits(taps.of(learner, read), false);
        // The last update shows in no loss, and argMax answers for NaN too.
        finite &= Float.isFinite(logits.sum().getFloat());
        long[] predicted = logits.argMax(1).toLongArray();
        for (int i = 0; i < predicted.length; i++) {
          if (predicted[i] == labels[i]) {
            correct++;
          }
        }
      }
    }

    Optional<Judgement> judgement(long images) {
      return finite ? Optional.of(new Judgement(correct, images)) : Optional.empty();
    }
  }
}
