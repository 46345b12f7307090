package org.peftbench.plan;

import java.util.Map;
import java.util.Optional;
import org.peftbench.cell.Protocol;
import org.peftbench.cell.Rate;
import org.peftbench.cell.Study;
import org.peftbench.image.Interpolation;
import org.peftbench.image.Normalization;
import org.peftbench.model.Precision;

/**
 * Named defaults of the protocol.
 *
 * @param name what is typed after {@code --profile}
 * @param doc where the values come from, in one line
 * @param epochs passes over the training images
 * @param warmupEpochs epochs of linear warm-up
 * @param batchSize images a step
 * @param lr peak learning rate
 * @param methodLr peak learning rates of single methods by id, where they are not that
 * @param weightDecay decoupled weight decay
 * @param precision arithmetic of backbone and method
 * @param interpolation of the square resize
 * @param normalize of the pixels; empty to follow the weights
 * @param study that chose the rates of single methods; empty if none did
 */
public record Profile(
    String name,
    String doc,
    int epochs,
    int warmupEpochs,
    int batchSize,
    double lr,
    Optional<Map<String, Double>> methodLr,
    double weightDecay,
    Precision precision,
    Interpolation interpolation,
    Optional<Normalization> normalize,
    Optional<Study> study) {

  /** The peak learning rate of a method. */
  public double lrOf(String method) {
    return methodLr.flatMap(own -> Optional.ofNullable(own.get(method))).orElse(lr);
  }

  /**
   * How fast a method learns.
   *
   * @param protocol that all methods share, made of this profile
   * @param ownDecay whether the weight decay is the profile's; a study stands behind rate and decay
   *     together
   */
  Rate rate(String method, Protocol protocol, boolean ownDecay) {
    boolean own = protocol.ownLr();
    return new Rate(
        own ? lrOf(method) : protocol.lr(),
        own,
        protocol.lrGiven(),
        protocol.weightDecay(),
        own && ownDecay ? studyOf(method) : Optional.empty());
  }

  /** No study chose the rate of a method that was not in it. */
  private Optional<Study> studyOf(String method) {
    return methodLr.filter(rates -> rates.containsKey(method)).flatMap(rates -> study);
  }

  /** Whether methods have learning rates of their own. */
  public boolean hasOwnLrs() {
    return methodLr.isPresent();
  }
}
