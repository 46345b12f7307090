package org.peftbench.child;

import java.io.IOException;
import org.peftbench.WrongInputException;
import org.peftbench.link.Message;
import org.peftbench.pretrain.ModelCard;
import org.peftbench.pretrain.PretrainOrder;
import org.peftbench.worker.PretrainWorker;

/** Pretrains a backbone in a child process. */
public final class PretrainProcess {

  private PretrainProcess() {}

  /**
   * Runs an order.
   *
   * @param threads engine threads
   * @throws WrongInputException if something that was given is wrong
   * @throws JobFailedException if it ended otherwise
   */
  public static ModelCard run(PretrainOrder order, int threads, Progress listener)
      throws IOException, InterruptedException, JobFailedException {
    return ChildJob.run(
            order,
            order.device(),
            threads,
            PretrainWorker.class,
            Message.Pretrained.class,
            listener)
        .card();
  }
}
