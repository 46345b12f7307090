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
   * Takes a step on a batch, and closes it.
   *
   * @param images makes images (B, 3, S, S) of what was read
   * @return the loss before the update, in nats
   */
  public float step(Fed<?> fed, UnaryOperator<NDArray> images, double lr) {
    try (fed;
        NDScope scope = Part.scope()) {
      NDList inputs = learner.inputs(images.apply(fed.read().singletonOrThrow()));
      return step(inputs, fed.labels(), lr);
    }
  }

  /**
   * Takes a step.
   *
   * @param inputs of the learner
   * @param labels (B), int64
   * @return the loss before the update, in nats
   */
  public float step(NDList inputs, NDArray labels, double lr) {
    return learner.step(inputs, labels, leaves -> optimizer.update(leaves, lr));
  }
}
