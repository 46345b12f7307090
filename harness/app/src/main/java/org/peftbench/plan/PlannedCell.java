package org.peftbench.plan;

import java.util.Optional;
import org.peftbench.cell.Cell;
import org.peftbench.cell.Device;
import org.peftbench.link.Blueprint;
import org.peftbench.link.Order;

/**
 * A cell that a run will do, on a device that is chosen when its turn has come.
 *
 * @param network what to train
 * @param data directory of the tasks
 * @param featureFolder where cached features are kept
 * @param adapter the file that gets what was trained; empty if it is not to be kept
 * @param unusable why its method's jar cannot be used; empty if it can
 */
public record PlannedCell(
    Blueprint network,
    String data,
    String featureFolder,
    Optional<String> adapter,
    Optional<String> unusable) {

  /** What is to be measured. */
  public Cell cell() {
    return network.cell();
  }

  /** The same with a file for what is trained. */
  PlannedCell keeping(String file) {
    return new PlannedCell(network, data, featureFolder, Optional.of(file), unusable);
  }

  /**
   * What its child is told.
   *
   * @param device where to compute
   * @param gpu the GPU's model, if its driver tells
   */
  public Order.RunCell order(Device device, Optional<String> gpu) {
    return new Order.RunCell(network, data, featureFolder, adapter, device, gpu);
  }
}
