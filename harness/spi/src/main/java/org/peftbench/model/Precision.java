package org.peftbench.model;

import java.util.Locale;

/**
 * The arithmetic of a network. Trained values, their gradients and their moments are float32 in all
 * of them, and so is the loss.
 */
public enum Precision {
  /** IEEE float32 throughout, also where a GPU would take TF32 unasked (convolutions). */
  FLOAT32,
  /** As {@link #FLOAT32}, with matrix products and convolutions in TF32; on GPUs. */
  TF32,
  /**
   * The frozen backbone is held, and runs under autocast, in bfloat16. What reads it computes in
   * float32; a method inside the backbone cannot be told from it, and runs under autocast as well.
   */
  BFLOAT16,
  /** Everything runs under PyTorch's autocast to bfloat16; every value is held in float32. */
  MIXED;

  private static final int LOW_BYTES = 2;

  /** Whether frozen weights are held in bfloat16. */
  public boolean holdsFrozenLow() {
    return this == BFLOAT16;
  }

  /**
   * Bytes that the values of a network take in memory.
   *
   * @param values how many
   * @param frozenFactors of them, those that are frozen and factors of matrix products: these alone
   *     may be held in bfloat16
   */
  public long bytes(long values, long frozenFactors) {
    long spared = holdsFrozenLow() ? frozenFactors * (Float.BYTES - LOW_BYTES) : 0;
    return values * Float.BYTES - spared;
  }

  /** Whether the frozen backbone runs under autocast. */
  public boolean lowersFrozen() {
    return this == BFLOAT16 || this == MIXED;
  }

  /**
   * Whether what is trained runs under autocast.
   *
   * @param readsOnly whether the backbone is only read
   */
  public boolean lowersTrained(boolean readsOnly) {
    return this == MIXED || (this == BFLOAT16 && !readsOnly);
  }

  /** The word for it on the command line and in records. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
