package org.peftbench.run;

import java.util.List;
import org.peftbench.worker.WorkOrder;

/**
 * What a run will do.
 *
 * @param orders one a cell, in the order they are run
 * @param notes what a user should know of the data
 */
public record Plan(List<WorkOrder> orders, List<String> notes) {

  /** Copies the lists. */
  public Plan {
    orders = List.copyOf(orders);
    notes = List.copyOf(notes);
  }
}
