package org.peftbench.run;

import java.io.IOException;
import java.util.function.Consumer;
import org.peftbench.plan.PlannedCell;
import org.peftbench.result.CellRecord;

/** Runs one cell to its end, whatever that is. */
@FunctionalInterface
interface CellRunner {

  /**
   * Runs a cell.
   *
   * @param lane where
   * @param progress told how far it is
   * @throws InterruptedException if this program was told to end meanwhile
   */
  CellRecord run(PlannedCell planned, Lane lane, Consumer<Progress> progress)
      throws IOException, InterruptedException;
}
