package org.peftbench.worker;

import ai.djl.ndarray.NDManager;
import org.peftbench.link.Message;
import org.peftbench.model.Precision;
import org.peftbench.pretrain.PretrainOrder;
import org.peftbench.pretrain.Pretraining;

/** Pretrains a backbone, and says now and then how far it is. */
final class PretrainRun {

  private static final long MESSAGE_NANOS = 250_000_000L;

  private final PretrainOrder work;
  private final Parent parent;
  private long said;

  PretrainRun(PretrainOrder work, Parent parent) {
    this.work = work;
    this.parent = parent;
  }

  Message.Pretrained run() {
    EngineLoader.load(work.recipe().seed(), work.device());
    EngineFacts engine = EngineFacts.read(work.device(), Precision.FLOAT32);
    try (NDManager manager = NDManager.newBaseManager(EngineLoader.device(work.device()))) {
      return new Message.Pretrained(
          new Pretraining(work, manager, this::progress).run(engine.engine(), engine.threads()));
    }
  }

  private void progress(long done, long total, String text) {
    if (done == total || System.nanoTime() - said >= MESSAGE_NANOS) {
      said = System.nanoTime();
      parent.send(new Message.Progress(done, total, text));
    }
  }
}
