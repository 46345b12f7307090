package org.peftbench.train;

import java.util.List;
import org.peftbench.result.StepTimes;

/**
 * The outcome of a training.
 *
 * @param epochLosses mean loss of each epoch, weighted by images, in nats
 * @param steps what the steps took
 */
public record Training(List<Double> epochLosses, StepTimes steps) {

  /** Copies the losses. */
  public Training {
    epochLosses = List.copyOf(epochLosses);
  }
}
