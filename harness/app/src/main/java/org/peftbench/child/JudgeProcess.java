package org.peftbench.child;

import java.io.IOException;
import org.peftbench.WrongInputException;
import org.peftbench.link.Message;
import org.peftbench.link.WorkOrder;
import org.peftbench.plan.Evaluation;
import org.peftbench.worker.JudgeWorker;

/** Judges an adapter in a child process. */
public final class JudgeProcess {

  private JudgeProcess() {}

  /**
   * Runs an order of {@link Evaluation}.
   *
   * @param threads engine threads
   * @throws WrongInputException if something that was given is wrong
   * @throws JobFailedException if it ended otherwise
   */
  public static Message.Judged run(WorkOrder order, int threads, Progress listener)
      throws IOException, InterruptedException, JobFailedException {
    return ChildJob.run(
        order, order.cell().device(), threads, JudgeWorker.class, Message.Judged.class, listener);
  }
}
