package org.peftbench.worker;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.core.JsonProcessingException;
import org.peftbench.link.Message;
import org.peftbench.pretrain.PretrainOrder;
import org.peftbench.pretrain.Pretraining;
import org.peftbench.result.Json;

/** Main class of a child that pretrains a backbone. */
public final class PretrainWorker {

  private static final long MESSAGE_NANOS = 250_000_000L;

  private final Parent parent;
  private long said;

  private PretrainWorker(Parent parent) {
    this.parent = parent;
  }

  /** Runs the order that stands in the first line of standard input. */
  public static void main(String[] args) {
    Worker.serve(parent -> new PretrainWorker(parent).run());
  }

  private Message run() throws JsonProcessingException {
    PretrainOrder order = Json.MAPPER.readValue(parent.receive(), PretrainOrder.class);
    EngineFacts engine = EngineFacts.load(order.recipe().seed(), order.device());
    try (NDManager manager = NDManager.newBaseManager(EngineFacts.device(order.device()))) {
      return new Message.Pretrained(
          new Pretraining(order, manager, this::progress).run(engine.engine(), engine.threads()));
    }
  }

  private void progress(long done, long total, String text) {
    if (done == total || System.nanoTime() - said >= MESSAGE_NANOS) {
      said = System.nanoTime();
      parent.send(new Message.Progress(done, total, text));
    }
  }
}
