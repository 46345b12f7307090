package org.peftbench.run;

import org.peftbench.result.CellRecord;
import org.peftbench.result.Failure;

/** Told how a run goes, by one thread at a time. */
public interface RunListener {

  /** A cell's child is about to be started. */
  void started(Turn turn);

  /** A cell's record was there already. */
  void skipped(Turn turn);

  /** The process of several cells did not come to its end; each is run alone. */
  void parted(Turn turn, Failure why);

  /** A cell is somewhere in a phase. */
  void progress(Turn turn, Progress progress);

  /** A cell has ended and its record is written, or kept where it could be. */
  void ended(Turn turn, CellRecord record);
}
