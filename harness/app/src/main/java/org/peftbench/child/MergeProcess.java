package org.peftbench.child;

import java.io.IOException;
import org.peftbench.WrongInputException;
import org.peftbench.link.MergeOrder;
import org.peftbench.link.Message;
import org.peftbench.worker.MergeWorker;

/** Folds an adapter into its backbone, in a child process. */
public final class MergeProcess {

  private MergeProcess() {}

  /**
   * Runs an order.
   *
   * @param threads engine threads
   * @throws WrongInputException if something that was given is wrong, or cannot be merged
   * @throws JobFailedException if it ended otherwise
   */
  public static Message.Merged run(MergeOrder merge, int threads)
      throws IOException, InterruptedException, JobFailedException {
    return ChildJob.run(
        merge,
        merge.order().cell().device(),
        threads,
        MergeWorker.class,
        Message.Merged.class,
        (done, total, text) -> {});
  }
}
