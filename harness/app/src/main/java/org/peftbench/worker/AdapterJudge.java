package org.peftbench.worker;

import ai.djl.ndarray.NDManager;
import org.peftbench.cell.Cell;
import org.peftbench.link.Message;
import org.peftbench.link.Order;
import org.peftbench.model.Precision;
import org.peftbench.train.Judgement;
import org.peftbench.training.Learner;

/** Judges what a cell has trained before. */
final class AdapterJudge {

  private AdapterJudge() {}

  static Message.Judged run(Order.Judge order, Parent parent) {
    Cell cell = order.network().cell();
    Precision precision = cell.protocol().precision();
    EngineLoader.load(cell.seed(), order.device(), precision);
    try (NDManager manager = NDManager.newBaseManager(EngineLoader.device(order.device()))) {
      Learner learner = AdaptedNetwork.load(order.network(), order.adapter(), precision, manager);
      Judgement found = new SplitJudge(cell, order.data()).judge(learner, manager, parent);
      return new Message.Judged(found.correct(), found.images());
    }
  }
}
