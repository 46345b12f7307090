package org.peftbench.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.Iterator;
import org.peftbench.model.Part;
import org.peftbench.task.ImageBatch;
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
      InputEncoder inputs,
      Iterator<ImageBatch> batches,
      NDManager manager,
      Listener listener) {
    long correct = 0;
    long images = 0;
    while (batches.hasNext()) {
      ImageBatch batch = batches.next();
      correct += correct(learner, inputs, batch, manager);
      images += batch.labels().length;
      listener.judged(images);
    }
    return new Judgement(correct, images);
  }

  private static long correct(
      Learner learner, InputEncoder inputs, ImageBatch batch, NDManager manager) {
    try (NDManager owner = manager.newSubManager();
        NDScope scope = Part.scope()) {
      NDArray logits = learner.logits(inputs.of(owner, batch.pixels()), false);
      // The last update shows in no loss, and argMax answers for NaN too.
      if (!Float.isFinite(logits.sum().getFloat())) {
        throw new DivergedException("a logit of the trained network is not a finite number");
      }
      long[] predicted = logits.argMax(1).toLongArray();
      long correct = 0;
      for (int i = 0; i < predicted.length; i++) {
        if (predicted[i] == batch.labels()[i]) {
          correct++;
        }
      }
      return correct;
    }
  }
}
