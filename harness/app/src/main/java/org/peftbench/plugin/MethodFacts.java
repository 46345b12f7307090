package org.peftbench.plugin;

import java.util.List;
import org.peftbench.cell.MethodChoice;
import org.peftbench.model.Tap;

/**
 * What a method says of itself with chosen hyper-parameters, for one backbone.
 *
 * @param choice the method, every hyper-parameter resolved
 * @param trainableParameters values that it trains, without the head
 * @param taps what leaves the backbone; empty for a method that changes it
 * @param startsAsBackbone whether its first representation is the frozen backbone's
 * @param merges whether it can be folded into a plain backbone
 */
public record MethodFacts(
    MethodChoice choice,
    long trainableParameters,
    List<Tap> taps,
    boolean startsAsBackbone,
    boolean merges) {

  private static final int MOST_TAPS = 10_000;
  private static final int LONGEST = 10_000;

  /** Copies the taps, and checks that what a stranger says of itself can be. */
  public MethodFacts {
    String options = String.valueOf(choice.options());
    if (trainableParameters < 0 || taps.size() > MOST_TAPS || options.length() > LONGEST) {
      throw new IllegalArgumentException(
          "%d trained values, %d taps, options of %d characters"
              .formatted(trainableParameters, taps.size(), options.length()));
    }
    taps = List.copyOf(taps);
  }

  /** The same under another choice of the same hyper-parameters. */
  public MethodFacts as(MethodChoice other) {
    return new MethodFacts(other, trainableParameters, taps, startsAsBackbone, merges);
  }
}
