package org.peftbench.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import org.peftbench.model.Tap;

/**
 * What several learners read of one frozen backbone: one pass gives the taps of all, each once. A
 * learner that changes its backbone shares it with none.
 */
public final class SharedTaps {

  private final Learner first;
  private final List<Tap> taps;

  private SharedTaps(Learner first, List<Tap> taps) {
    this.first = first;
    this.taps = taps;
  }

  /**
   * Gathers what learners read.
   *
   * @param learners of one backbone, in one precision; at least one
   * @throws IllegalArgumentException if there are several that do not all read the same backbone
   */
  public static SharedTaps of(List<Learner> learners) {
    Learner first = learners.get(0);
    boolean together =
        learners.stream()
            .allMatch(
                one ->
                    one.readsOnly()
                        && one.backbone() == first.backbone()
                        && one.precision() == first.precision());
    if (learners.size() > 1 && !together) {
      throw new IllegalArgumentException("these learners do not read one backbone");
    }
    return new SharedTaps(
        first, learners.stream().flatMap(learner -> learner.taps().stream()).distinct().toList());
  }

  /** What is read; empty for a learner that changes its backbone. */
  public List<Tap> taps() {
    return taps;
  }

  /**
   * Turns images (B, 3, S, S) into the inputs of all learners, in float32 and in the caller's
   * scope; never part of a graph.
   */
  public NDList read(NDArray images) {
    return first.readsOnly() ? first.read(images, taps) : new NDList(images);
  }

  /** Picks the inputs of one of the learners, in its order; what all read is to be left as is. */
  public NDList of(Learner learner, NDList read) {
    if (!learner.readsOnly()) {
      return read;
    }
    return new NDList(learner.taps().stream().map(tap -> read.get(taps.indexOf(tap))).toList());
  }
}
