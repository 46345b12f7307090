package org.peftbench.worker;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import org.peftbench.task.ImageBatch;
import org.peftbench.task.ImageStream;
import org.peftbench.train.DivergedException;
import org.peftbench.train.Learner;
import org.peftbench.train.PixelInputs;

/**
 * How many images a learner classifies right.
 *
 * @param correct images whose largest logit is their class's
 * @param images images judged
 */
record Judgement(long correct, long images) {

  /** Told of each batch. */
  @FunctionalInterface
  interface Listener {
    void judged(long images);
  }

  /**
   * Judges a stream of images, which is read once.
   *
   * @throws DivergedException if a logit is infinite or not a number
   */
  static Judgement of(
      Learner learner,
      PixelInputs inputs,
      ImageStream stream,
      NDManager manager,
      Listener listener) {
    long correct = 0;
    long images = 0;
    while (stream.hasNext()) {
      ImageBatch batch = stream.next();
      correct += correct(learner, inputs, batch, manager);
      images += batch.labels().length;
      listener.judged(images);
    }
    return new Judgement(correct, images);
  }

  private static long correct(
      Learner learner, PixelInputs inputs, ImageBatch batch, NDManager manager) {
    try (NDManager owner = manager.newSubManager();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
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
