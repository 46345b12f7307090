package org.peftbench.train;

/**
 * A learning rate with linear warm-up, then half a cosine down to zero (Loshchilov and Hutter
 * 2017), step by step.
 *
 * @param peak the learning rate after the warm-up
 * @param warmupSteps steps of the warm-up
 * @param totalSteps all steps, the warm-up among them
 */
public record CosineSchedule(double peak, long warmupSteps, long totalSteps) {

  /** Gives the learning rate of a step, counted from 0. */
  public double at(long step) {
    if (step < warmupSteps) {
      return peak * (step + 1) / warmupSteps;
    }
    double progress = (double) (step - warmupSteps) / Math.max(1, totalSteps - warmupSteps);
    return 0.5 * peak * (1 + Math.cos(Math.PI * progress));
  }
}
