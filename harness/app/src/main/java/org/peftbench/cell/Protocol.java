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
 * @param ownLr whether that is the method's own: methods of one table may then differ in it, and in
 *     weight decay
 * @param lrGiven whether it was asked for, by a user or by a study that tries it; no part of the
 *     cell's identity
 * @param weightDecay decoupled weight decay
 * @param study that chose learning rate and weight decay; empty if none did
 * @param precision arithmetic of backbone and method
 * @param interpolation kernel of the square resize
 * @param normalize how pixels are shifted and scaled
 * @param features where a side method's taps come from
 * @param backboneMemory where the backbone's blocks are while it runs
 * @param frames of each clip that are used; 1 for images
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
    boolean lrGiven,
    double weightDecay,
    Optional<Study> study,
    Precision precision,
    Interpolation interpolation,
    Normalization normalize,
    Features features,
    BackboneMemory backboneMemory,
    int frames,
    Split evaluate,
    Optional<Integer> limitTest) {

  /** Checks that it sees something. */
  public Protocol {
    if (frames < 1 || batchSize < 1 || (long) frames * batchSize > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "batches of " + batchSize + " with " + frames + " frames each");
    }
  }

  /** The same with a method's own rate and source of features. */
  public Protocol forMethod(Rate own, Features methodFeatures, BackboneMemory methodMemory) {
    return with(own, methodFeatures, methodMemory, frames, evaluate, limitTest);
  }

  /** Images of a step: all frames of its clips. */
  public int batchImages() {
    return batchSize * frames;
  }

  /** The same for the clips of a task. */
  public Protocol forClips(int count) {
    return with(rate(), features, backboneMemory, count, evaluate, limitTest);
  }

  /** How fast the method learns. */
  public Rate rate() {
    return new Rate(lr, ownLr, lrGiven, weightDecay, study);
  }

  /** Whether nobody chose the learning rate: neither a study nor who asked for the cell. */
  public boolean untuned() {
    return study.isEmpty() && !lrGiven;
  }

  /** The same, judged on the test split, or on its first images. */
  public Protocol judgedOnTest(Optional<Integer> limit) {
    return with(rate(), features, backboneMemory, frames, Split.TEST, limit);
  }

  private Protocol with(
      Rate rate,
      Features otherFeatures,
      BackboneMemory otherMemory,
      int otherFrames,
      Split split,
      Optional<Integer> limit) {
    return new Protocol(
        profile,
        epochs,
        warmupEpochs,
        batchSize,
        rate.lr(),
        rate.own(),
        rate.given(),
        rate.weightDecay(),
        rate.study(),
        precision,
        interpolation,
        normalize,
        otherFeatures,
        otherMemory,
        otherFrames,
        split,
        limit);
  }
}
