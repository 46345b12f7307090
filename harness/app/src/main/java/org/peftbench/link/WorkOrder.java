package org.peftbench.link;

import java.util.Optional;
import org.peftbench.cell.Cell;
import org.peftbench.plugin.PluginJar;

/**
 * A cell to run, and where on this machine things are.
 *
 * @param cell what to measure
 * @param data directory of the tasks
 * @param classes K
 * @param weights the weight file; empty for random weights
 * @param featureFolder where cached features are kept
 * @param adapter the file for what is trained: written by a cell, read to judge it again; empty if
 *     it is not to be kept
 * @param jar the jar that the method comes from; empty for a built-in one
 */
public record WorkOrder(
    Cell cell,
    String data,
    int classes,
    Optional<String> weights,
    String featureFolder,
    Optional<String> adapter,
    Optional<PluginJar> jar) {

  /** The same with a file for what is trained. */
  public WorkOrder withAdapter(String file) {
    return new WorkOrder(cell, data, classes, weights, featureFolder, Optional.of(file), jar);
  }
}
