package org.peftbench.plan;

import java.util.Optional;
import org.peftbench.cell.Cell;
import org.peftbench.link.Order;

/**
 * A cell that a run will do.
 *
 * @param order what its child is told
 * @param unusable why its method's jar cannot be used; empty if it can
 */
public record PlannedCell(Order.RunCell order, Optional<String> unusable) {

  /** What is to be measured. */
  public Cell cell() {
    return order.network().cell();
  }
}
