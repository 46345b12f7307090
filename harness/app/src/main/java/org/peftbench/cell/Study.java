package org.peftbench.cell;

/**
 * The study on val200 that chose a learning rate, and maybe weight decay and options: what stands
 * behind a number of a table.
 *
 * @param name what people call it
 * @param sha256 of its definition (space, search, trials, seeds, protocol), in hex
 * @param trials configurations that each method had, those that failed included
 * @param seeds with which the last of them were compared
 */
public record Study(String name, String sha256, int trials, int seeds) {

  /** Checks that it compared something. */
  public Study {
    if (trials < 1 || seeds < 1) {
      throw new IllegalArgumentException(
          "study " + name + " of " + trials + " trials with " + seeds + " seeds");
    }
  }

  /** In words: {@code 5 trials, 3 seeds}. */
  public String budget() {
    return count(trials, "trial") + ", " + count(seeds, "seed");
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
