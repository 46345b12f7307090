package org.peftbench.cli;

import org.jspecify.annotations.Nullable;
import org.peftbench.WrongInputException;
import org.peftbench.plan.Sharing;
import picocli.CommandLine.Option;

/** Which cells train side by side on one run of the backbone. */
final class SharingOptions {

  @Option(
      names = "--parallel",
      paramLabel = "P",
      description =
          "train up to P side networks of a task and seed on one run of the backbone a batch;"
              + " accuracies are the same, costs are those of the pass and stand in tables of"
              + " their own")
  @Nullable Integer parallel;

  @Option(
      names = "--share-pass",
      description =
          "as --parallel, with all side networks and seeds of a task in one process: for tables of"
              + " accuracy")
  boolean sharePass;

  /**
   * Which cells may share a pass.
   *
   * @param usual learners of a pass where nothing is said
   */
  Sharing sharing(int usual) {
    if (parallel != null && sharePass) {
      throw new WrongInputException("--share-pass has no limit: give it or --parallel");
    }
    int most = sharePass ? Integer.MAX_VALUE : parallel == null ? usual : parallel;
    if (most < 1) {
      throw new WrongInputException("--parallel " + most + " is not possible; at least 1");
    }
    return new Sharing(most, sharePass);
  }
}
