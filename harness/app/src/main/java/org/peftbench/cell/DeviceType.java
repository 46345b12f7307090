package org.peftbench.cell;

import java.util.Locale;

/**
 * What a cell is computed on. Which GPU it is belongs to the run and not to the cell, so that a run
 * may go on with others than it began with; its model is in the record.
 */
public enum DeviceType {
  /** The processors of the machine. */
  CPU,
  /** One NVIDIA GPU. */
  CUDA;

  /** The word in records: {@code cuda}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
