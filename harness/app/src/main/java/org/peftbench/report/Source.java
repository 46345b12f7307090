package org.peftbench.report;

import com.fasterxml.jackson.annotation.JsonValue;
import org.peftbench.cell.BackboneMemory;
import org.peftbench.cell.Features;
import org.peftbench.cell.Protocol;

/**
 * Where a row's taps come from: costs of one source are not those of another.
 *
 * @param features how often the backbone runs, or who runs it
 * @param memory where its blocks are then
 */
record Source(Features features, BackboneMemory memory) {

  static Source of(Protocol protocol) {
    return new Source(protocol.features(), protocol.backboneMemory());
  }

  boolean isCloud() {
    return features.isCloud();
  }

  /** {@code cached}; {@code cached, streamed}. */
  @Override
  @JsonValue
  public String toString() {
    return memory == BackboneMemory.RESIDENT ? features.toString() : features + ", " + memory;
  }
}
