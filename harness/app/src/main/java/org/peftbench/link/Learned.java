package org.peftbench.link;

import java.util.Optional;
import org.peftbench.result.Bounded;
import org.peftbench.result.EdgeUse;
import org.peftbench.result.Inference;
import org.peftbench.result.Outcome;
import org.peftbench.result.StepTimes;

/**
 * What became of one learner of a pass.
 *
 * @param found what was found; empty if it diverged
 * @param diverged how it diverged; empty if it did not
 * @param backboneSeconds of all steps of the pass: input, backbone and taps, for all learners
 * @param ownSeconds of all its steps: forward, backward and update
 * @param ownBytes weights, gradients and moments
 * @param edge what it had of a cloud; empty if its backbone was its own
 */
public record Learned(
    Optional<Found> found,
    Optional<String> diverged,
    double backboneSeconds,
    double ownSeconds,
    long ownBytes,
    Optional<EdgeUse> edge) {

  /** Checks that it was found or diverged, and that it took something. */
  public Learned {
    diverged = diverged.map(how -> Bounded.cut(how, Bounded.LINE));
    if (found.isPresent() == diverged.isPresent()
        || !(backboneSeconds >= 0)
        || !(ownSeconds >= 0)
        || ownBytes < 0) {
      throw new IllegalArgumentException(
          "%s s of the backbone, %s s and %d bytes of its own, %s"
              .formatted(
                  backboneSeconds, ownSeconds, ownBytes, found.isPresent() ? "found" : diverged));
    }
  }

  /**
   * What was found of a learner that came to the end.
   *
   * @param outcome what was found
   * @param steps what the training steps took
   * @param inference what the trained network takes beside the plain backbone; of one that is alone
   */
  public record Found(Outcome outcome, StepTimes steps, Optional<Inference> inference) {}
}
