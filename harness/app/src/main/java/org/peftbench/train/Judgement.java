package org.peftbench.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.Iterator;
import org.peftbench.model.Part;
import org.peftbench.task.ImageBatch;
import org.peftbench.train.Feed.Fed;
import org.peftbench.training.Learner;

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
    long correct = 0;
    long images = 0;
    Feed.Reader<ImageBatch> reader =
        (owner, batch, memory) -> new NDList(arrays.of(owner, batch.pixels(), memory));
    try (Feed<ImageBatch> feed = Feed.of(manager, batches, reader)) {
      for (var fed = feed.next(); fed.isPresent(); fed = feed.next()) {
        int[] labels = fed.get().batch().labels();
        correct += correct(learner, fed.get(), labels);
        images += labels.length;
        listener.judged(images);
      }
    }
    return new Judgement(correct, images);
  }

  private static long correct(Learner learner, Fed<ImageBatch> fed, int[] labels) {
    try (fed;
        NDScope scope = Part.scope()) {
      NDArray images = fed.arrays().singletonOrThrow();
      NDArray logits = learner.logits(learner.inputs(images), false);
      // The last update shows in no loss, and argMax answers for NaN too.
      if (!Float.isFinite(logits.sum().getFloat())) {
        throw new DivergedException("a logit of the trained network is not a finite number");
      }
      long[] predicted = logits.argMax(1).toLongArray();
      long correct = 0;
      for (int i = 0; i < predicted.length; i++) {
        if (predicted[i] == labels[i]) {
          correct++;
        }
      }
      return correct;
    }
  }
}
