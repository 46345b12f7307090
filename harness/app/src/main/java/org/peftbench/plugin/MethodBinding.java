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
public record MethodBinding(
    MethodChoice choice,
    long trainableParameters,
    List<Tap> taps,
    boolean startsAsBackbone,
    boolean merges) {

  /** Copies the taps. */
  public MethodBinding {
    taps = List.copyOf(taps);
  }

  /** The same under another choice of the same hyper-parameters. */
  public MethodBinding as(MethodChoice other) {
    return new MethodBinding(other, trainableParameters, taps, startsAsBackbone, merges);
  }
}
