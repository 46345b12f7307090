package org.peftbench.result;

import java.util.List;

/**
 * The pass that a cell shared: one process in which one run of the backbone for a batch, or one
 * reading of its taps, served several learners. All phases of its record are the whole pass's.
 *
 * @param with identities of the other cells that it began with
 * @param backboneSeconds of all training steps: images, backbone and taps, for all learners
 * @param ownSeconds of all training steps: forward, backward and update of this learner
 * @param ownBytes weights, gradients and moments of this learner, in float32
 */
public record SharedPass(
    List<String> with, double backboneSeconds, double ownSeconds, long ownBytes) {

  /** Copies the identities and checks that there are some. */
  public SharedPass {
    with = List.copyOf(with);
    if (with.isEmpty() || !(backboneSeconds >= 0) || !(ownSeconds >= 0) || ownBytes < 0) {
      throw new IllegalArgumentException(
          "a pass shared with %s: %s s of the backbone, %s s and %s bytes of its own"
              .formatted(with, backboneSeconds, ownSeconds, ownBytes));
    }
  }

  /** Learners that began it. */
  public int learners() {
    return with.size() + 1;
  }
}
