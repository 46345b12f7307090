package org.peftbench.cell;

import java.util.Optional;
import org.peftbench.image.Interpolation;
import org.peftbench.image.Normalization;
import org.peftbench.model.Precision;

/**
 * How a cell is trained and judged; the same for every method of a run.
 *
 * @param profile name of the profile that the values started from
 * @param epochs passes over the training images; the last one counts
 * @param warmupEpochs epochs of linear learning-rate warm-up
 * @param batchSize images a step
 * @param lr peak learning rate of AdamW
 * @param ownLr whether that is the method's own: methods of one table may then differ in it
 * @param weightDecay decoupled weight decay
 * @param precision arithmetic of backbone and method
 * @param interpolation kernel of the square resize
 * @param normalize how pixels are shifted and scaled
 * @param features where a side method's taps come from
 * @param evaluate the split that gives the accuracy
 * @param limitTest only the first so many evaluation images, for trying out
 */
public record Protocol(
    String profile,
    int epochs,
    int warmupEpochs,
    int batchSize,
    double lr,
    boolean ownLr,
    double weightDecay,
    Precision precision,
    Interpolation interpolation,
    Normalization normalize,
    Features features,
    Split evaluate,
    Optional<Integer> limitTest) {

  /** The same with another learning rate and source of features. */
  public Protocol forMethod(double methodLr, Features methodFeatures) {
    return with(methodLr, methodFeatures, evaluate, limitTest);
  }

  /** The same, judged on the test split, or on its first images. */
  public Protocol judgedOnTest(Optional<Integer> limit) {
    return with(lr, features, Split.TEST, limit);
  }

  private Protocol with(
      double otherLr, Features otherFeatures, Split split, Optional<Integer> limit) {
    return new Protocol(
        profile,
        epochs,
        warmupEpochs,
        batchSize,
        otherLr,
        ownLr,
        weightDecay,
        precision,
        interpolation,
        normalize,
        otherFeatures,
        split,
        limit);
  }
}
