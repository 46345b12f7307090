package org.peftbench.run;

import org.peftbench.cell.Cell;
import org.peftbench.result.CellRecord;

/** Told how a run goes. */
public interface RunListener {

  /** A cell's child has been started. */
  void started(int number, int of, Cell cell);

  /** A cell's record was there already. */
  void skipped(int number, int of, Cell cell);

  /** A cell is somewhere in a phase; {@code total} is 0 where it is not known. */
  void progress(String phase, long done, long total, String text);

  /** A cell has ended and its record is written. */
  void ended(int number, int of, CellRecord record);
}
