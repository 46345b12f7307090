package org.peftbench.worker;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.core.JsonProcessingException;
import org.peftbench.cell.Cell;
import org.peftbench.link.Message;
import org.peftbench.link.WorkOrder;
import org.peftbench.result.Json;
import org.peftbench.train.Judgement;
import org.peftbench.training.Learner;

/** Main class of a child that judges what a cell has trained before. */
public final class JudgeWorker {

  private JudgeWorker() {}

  /** Runs the work order, with an adapter, that stands in the first line of standard input. */
  public static void main(String[] args) {
    Worker.serve(JudgeWorker::run);
  }

  private static Message run(Parent parent) throws JsonProcessingException {
    WorkOrder order = Json.MAPPER.readValue(parent.receive(), WorkOrder.class);
    Cell cell = order.cell();
    EngineFacts.load(cell.seed(), cell.device());
    try (NDManager manager = NDManager.newBaseManager(EngineFacts.device(cell.device()))) {
      Learner learner = AdaptedNetwork.load(order, manager);
      Judgement found = new SplitJudge(order).judge(learner, manager, parent);
      return new Message.Judged(found.correct(), found.images());
    }
  }
}
