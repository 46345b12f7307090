package org.peftbench.run;

import org.peftbench.result.CellRecord;
import org.peftbench.result.Failure;

/**
 * Tells a listener what several lanes say, one at a time.
 *
 * @param listener who is told
 */
record OneAtATime(RunListener listener) implements RunListener {

  @Override
  public void started(Turn turn) {
    synchronized (listener) {
      listener.started(turn);
    }
  }

  @Override
  public void skipped(Turn turn) {
    synchronized (listener) {
      listener.skipped(turn);
    }
  }

  @Override
  public void parted(Turn turn, Failure why) {
    synchronized (listener) {
      listener.parted(turn, why);
    }
  }

  @Override
  public void progress(Turn turn, Progress progress) {
    synchronized (listener) {
      listener.progress(turn, progress);
    }
  }

  @Override
  public void ended(Turn turn, CellRecord record) {
    synchronized (listener) {
      listener.ended(turn, record);
    }
  }
}
