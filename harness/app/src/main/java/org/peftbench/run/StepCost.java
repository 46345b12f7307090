package org.peftbench.run;

import java.util.List;
import java.util.Optional;

/**
 * What training steps took. On a GPU, memory is what the driver says that the process holds: CUDA's
 * context, and all that PyTorch's allocator has reserved.
 *
 * @param learners on one run of the backbone
 * @param seconds of each counted step
 * @param backboneSeconds of each, for the frozen backbone and its taps
 * @param learnerBytes weights, gradients and moments of a learner
 * @param residentBytes the process's resident set before the first step
 * @param peakBytes its peak over all steps
 * @param gpuBytes of the GPU before the first step; empty on a CPU, or if they cannot be told
 * @param gpuPeakBytes peak of the GPU over all steps
 * @param taints what makes the readings of the GPU suspect, a sentence each
 */
public record StepCost(
    int learners,
    List<Double> seconds,
    List<Double> backboneSeconds,
    long learnerBytes,
    long residentBytes,
    long peakBytes,
    Optional<Long> gpuBytes,
    Optional<Long> gpuPeakBytes,
    List<String> taints) {

  /** Copies times and taints. */
  public StepCost {
    seconds = List.copyOf(seconds);
    backboneSeconds = List.copyOf(backboneSeconds);
    taints = List.copyOf(taints);
  }
}
