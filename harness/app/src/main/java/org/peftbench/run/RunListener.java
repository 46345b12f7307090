package org.peftbench.run;

import org.peftbench.result.CellRecord;

/** Told how a run goes, by one thread at a time. */
public interface RunListener {

  /** A cell's child is about to be started. */
  void started(Turn turn);

  /** A cell's record was there already. */
  void skipped(Turn turn);

  /** A cell is somewhere in a phase. */
  void progress(Turn turn, Progress progress);

  /** A cell has ended and its record is written. */
  void ended(Turn turn, CellRecord record);
}
