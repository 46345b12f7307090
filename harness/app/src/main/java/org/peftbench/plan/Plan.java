package org.peftbench.plan;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.peftbench.cell.Cell;
import org.peftbench.link.WorkOrder;
import org.peftbench.result.RecordFolder;

/**
 * What a run will do.
 *
 * @param orders one a cell, in the order they are run
 * @param unusable cells whose method's jar cannot be used, and why
 * @param notes what a user should know of the data
 */
public record Plan(List<WorkOrder> orders, Map<Cell, String> unusable, List<String> notes) {

  /** Copies lists and map. */
  public Plan {
    orders = List.copyOf(orders);
    unusable = Map.copyOf(unusable);
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
        unusable,
        notes);
  }
}
