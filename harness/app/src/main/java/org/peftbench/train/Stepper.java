package org.peftbench.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import java.util.function.UnaryOperator;
import org.peftbench.model.Part;
import org.peftbench.train.Feed.Fed;
import org.peftbench.training.AdamW;
import org.peftbench.training.Learner;

/**
 * Takes training steps on batches that were fed, whose last array is their labels.
 *
 * @param learner that learns
 * @param optimizer of its values
 */
public record Stepper(Learner learner, AdamW optimizer) {

  /**
   * Takes a step on images (B, 3, S, S), and closes the batch.
   *
   * @return the loss before the update, in nats
   */
  public float step(Fed<?> fed, double lr) {
    return step(fed, images -> learner.inputs(images.singletonOrThrow()), lr);
  }

  /**
   * Takes a step, and closes the batch.
   *
   * @param inputs turns what was read, without the labels, into the learner's inputs
   * @return the loss before the update, in nats
   */
  float step(Fed<?> fed, UnaryOperator<NDList> inputs, double lr) {
    try (fed;
        NDScope scope = Part.scope()) {
      int last = fed.arrays().size() - 1;
      NDArray labels = fed.arrays().get(last);
      NDList read = new NDList(fed.arrays().subList(0, last));
      return learner.step(inputs.apply(read), labels, leaves -> optimizer.update(leaves, lr));
    }
  }
}
