package org.peftbench.run;

import java.util.List;
import org.peftbench.cell.Cell;
import org.peftbench.cell.Device;

/**
 * The turn of a cell in a run, or of several that share a pass.
 *
 * @param number of the first cell in its plan, from 1 on
 * @param of cells in the plan
 * @param cells the cells
 * @param device where they are computed
 */
public record Turn(int number, int of, List<Cell> cells, Device device) {

  /** Copies the cells. */
  public Turn {
    cells = List.copyOf(cells);
  }
}
