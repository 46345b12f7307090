package org.peftbench.run;

import org.peftbench.cell.Cell;
import org.peftbench.cell.Device;

/**
 * A cell's turn in a run.
 *
 * @param number of the cell in its plan, from 1 on
 * @param of cells in the plan
 * @param cell the cell
 * @param device where it is computed
 */
public record Turn(int number, int of, Cell cell, Device device) {}
