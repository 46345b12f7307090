package org.peftbench.run;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.peftbench.plan.PlannedCell;
import org.peftbench.result.CellRecord;

/** Runs cells in one pass to their end, whatever that is. */
@FunctionalInterface
interface CellRunner {

  /**
   * Runs one cell alone, or several that may share a pass.
   *
   * @param lane where
   * @param progress told how far they are
   * @return a record of each, in their order
   * @throws InterruptedException if this program was told to end meanwhile
   */
  List<CellRecord> run(List<PlannedCell> planned, Lane lane, Consumer<Progress> progress)
      throws IOException, InterruptedException;
}
