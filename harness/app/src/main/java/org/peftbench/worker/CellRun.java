package org.peftbench.worker;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.List;
import org.peftbench.adapter.AdapterFile;
import org.peftbench.cell.Cell;
import org.peftbench.cell.Features;
import org.peftbench.cell.Phase;
import org.peftbench.cell.Protocol;
import org.peftbench.cell.Split;
import org.peftbench.compute.InferenceTrial;
import org.peftbench.link.Message;
import org.peftbench.link.Order;
import org.peftbench.model.VisionTransformer;
import org.peftbench.plugin.LoadedMethod;
import org.peftbench.plugin.MethodRegistry;
import org.peftbench.result.Inference;
import org.peftbench.result.Outcome;
import org.peftbench.task.DataDirectory;
import org.peftbench.task.ImageSet;
import org.peftbench.task.LabelledImage;
import org.peftbench.task.ListName;
import org.peftbench.task.TaskFolder;
import org.peftbench.train.BatchOrder;
import org.peftbench.train.Batches;
import org.peftbench.train.CachedBatches;
import org.peftbench.train.FeatureCache;
import org.peftbench.train.ImageArrays;
import org.peftbench.train.ImageBatches;
import org.peftbench.train.Judgement;
import org.peftbench.train.TrainingLoop;
import org.peftbench.train.TrainingLoop.Training;
import org.peftbench.training.AdamW;
import org.peftbench.training.FrozenWeights;
import org.peftbench.training.Learner;

/** One cell from its work order to its outcome: load, extract if cached, train, judge, time. */
final class CellRun {

  private static final int LARGEST_INFERENCE_BATCH = 16;

  private final Order.RunCell order;
  private final Cell cell;
  private final Protocol protocol;
  private final Parent parent;
  private final TaskFolder folder;

  CellRun(Order.RunCell order, Parent parent) {
    this.order = order;
    this.cell = order.network().cell();
    this.protocol = cell.protocol();
    this.parent = parent;
    this.folder = DataDirectory.open(Path.of(order.data())).task(cell.task());
  }

  Message.Done run() {
    parent.enter(Phase.ENGINE);
    EngineLoader.load(cell.seed(), order.device(), protocol.precision());
    EngineFacts engine = EngineFacts.read(order.device(), protocol.precision());
    parent.settles(CudaHeap.of(EngineLoader.device(order.device())));
    parent.send(engine.message());
    parent.enter(Phase.LOAD);
    try (NDManager manager = NDManager.newBaseManager(EngineLoader.device(order.device()))) {
      return run(manager, engine);
    }
  }

  private Message.Done run(NDManager manager, EngineFacts engine) {
    BackboneLoader loader = new BackboneLoader(order.network(), manager);
    VisionTransformer backbone = loader.load();
    Learner learner = method().attach(backbone, order.network().classes()).in(protocol.precision());
    learner.initialize(manager, cell.seed());
    ListName list = protocol.evaluate() == Split.TEST ? ListName.TRAIN800VAL200 : ListName.TRAIN800;
    Training training;
    if (protocol.features() == Features.LIVE || !learner.readsOnly()) {
      training = train(manager, learner, live(list, learner));
    } else {
      Extraction extraction =
          new Extraction(order, engine.engine(), list, parent, learner, backbone.config());
      int[] labels = folder.images(list).stream().mapToInt(LabelledImage::label).toArray();
      try (FeatureCache cache =
          extraction.open(manager, labels.length, () -> live(list, learner))) {
        learner.releaseBlocks();
        training = train(manager, learner, new CachedBatches(cache, labels));
      }
    }
    Outcome outcome = judge(manager, learner, training, () -> refill(loader, backbone));
    order.adapter().ifPresent(file -> save(Path.of(file), learner));
    return new Message.Done(outcome, training.steps(), infer(manager, learner, backbone, loader));
  }

  private void refill(BackboneLoader loader, VisionTransformer backbone) {
    loader.fill(backbone);
    FrozenWeights.hold(backbone, protocol.precision());
  }

  private LoadedMethod<?> method() {
    return MethodRegistry.of(order.jar()).bind(cell.method());
  }

  private ImageBatches live(ListName list, Learner learner) {
    parent.enter(Phase.DATA);
    List<LabelledImage> lines = folder.images(list);
    ImageSet images =
        ImageSet.load(
            lines,
            cell.backbone().imageSize(),
            protocol.interpolation(),
            done -> progress(done, lines.size(), "images"));
    ImageArrays arrays = new ImageArrays(cell.backbone().imageSize(), protocol.normalize());
    return new ImageBatches(images, arrays, learner);
  }

  private Training train(NDManager manager, Learner learner, Batches batches) {
    BatchOrder batchOrder = new BatchOrder(cell.seed(), batches.images(), protocol.batchSize());
    long steps = (long) protocol.epochs() * batchOrder.batches();
    parent.enter(Phase.TRAIN);
    try (AdamW optimizer = new AdamW(manager, protocol.weightDecay())) {
      return new TrainingLoop(learner, manager)
          .train(
              batches,
              batchOrder,
              protocol.epochs(),
              protocol.warmupEpochs(),
              optimizer,
              protocol.lr(),
              (step, epoch, loss) -> progress(step + 1, steps, "loss %.4f".formatted(loss)));
    }
  }

  /** After the last step, once. */
  private Outcome judge(
      NDManager manager, Learner learner, Training training, Runnable fillBackbone) {
    parent.enter(Phase.judging(protocol.evaluate()));
    fillBackbone.run();
    SplitJudge judge = new SplitJudge(cell, order.data());
    Judgement judgement = judge.judge(learner, manager, parent);
    return new Outcome(
        judgement.correct(),
        judgement.images(),
        judge.images(),
        training.epochLosses(),
        learner.trainableParameters(),
        learner.headParameters(),
        learner.totalParameters(),
        learner.transferBytesPerImage());
  }

  private void save(Path file, Learner learner) {
    parent.enter(Phase.SAVE);
    AdapterFile.write(file, cell, order.network().classes(), learner.trained());
  }

  private Inference infer(
      NDManager manager, Learner learner, VisionTransformer backbone, BackboneLoader loader) {
    parent.enter(Phase.INFERENCE);
    VisionTransformer plain = learner.readsOnly() ? backbone : loader.load();
    FrozenWeights.hold(plain, protocol.precision());
    int batch = Math.min(protocol.batchSize(), LARGEST_INFERENCE_BATCH);
    boolean live = protocol.features() == Features.LIVE;
    return new InferenceTrial(learner, plain, manager).run(batch, live);
  }

  private void progress(long done, long total, String text) {
    parent.send(new Message.Progress(done, total, text));
  }
}
