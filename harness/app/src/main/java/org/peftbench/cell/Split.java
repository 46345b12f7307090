package org.peftbench.cell;

/** The split a cell is judged on, which decides what it may train on. */
public enum Split {
  /**
   * Train on train800, judge on val200: for choosing hyper-parameters. The test split stays shut.
   */
  VAL("val"),
  /** Train on train800val200, judge on test, once. */
  TEST("test");

  private final String word;

  Split(String word) {
    this.word = word;
  }

  @Override
  public String toString() {
    return word;
  }
}
