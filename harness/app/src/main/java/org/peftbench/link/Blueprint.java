package org.peftbench.link;

import java.util.Optional;
import org.peftbench.cell.Cell;
import org.peftbench.plugin.PluginJar;

/**
 * What the network of a cell is built from, on this machine.
 *
 * @param cell decides method, backbone and seed
 * @param classes K
 * @param weights the weight file; empty for random weights
 * @param jar the jar that the method comes from; empty for a built-in one
 */
public record Blueprint(Cell cell, int classes, Optional<String> weights, Optional<PluginJar> jar) {

  /** The same network for another cell. */
  public Blueprint of(Cell other) {
    return new Blueprint(other, classes, weights, jar);
  }
}
