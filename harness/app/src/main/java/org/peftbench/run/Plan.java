package org.peftbench.run;

import java.nio.file.Path;
import java.util.List;
import org.peftbench.result.RecordFolder;
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

  /** The same, with what each cell trains kept in a folder, under the cell's identity. */
  public Plan keepingAdapters(Path folder) {
    return new Plan(
        orders.stream()
            .map(
                order ->
                    order.withAdapter(
                        folder
                            .resolve(RecordFolder.identity(order.cell()) + ".safetensors")
                            .toAbsolutePath()
                            .toString()))
            .toList(),
        notes);
  }
}
