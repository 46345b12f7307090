package org.peftbench.worker;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.peftbench.adapter.AdapterFile;
import org.peftbench.cell.Cell;
import org.peftbench.cell.Features;
import org.peftbench.cell.Phase;
import org.peftbench.cell.Protocol;
import org.peftbench.cell.Split;
import org.peftbench.link.Message;
import org.peftbench.link.Order;
import org.peftbench.model.VisionTransformer;
import org.peftbench.plugin.MethodRegistry;
import org.peftbench.result.EdgeUse;
import org.peftbench.result.Inference;
import org.peftbench.task.DataDirectory;
import org.peftbench.task.LabelledClip;
import org.peftbench.task.LabelledImage;
import org.peftbench.task.ListName;
import org.peftbench.task.TaskFolder;
import org.peftbench.train.BatchOrder;
import org.peftbench.train.Batches;
import org.peftbench.train.Cohort;
import org.peftbench.train.CosineSchedule;
import org.peftbench.train.TrainingLoop;
import org.peftbench.training.SharedTaps;

/**
 * A pass from its order to what became of its cells: load, get features if they are not live,
 * train, judge, time.
 */
final class PassRun {

  private final Order.RunPass order;
  private final Cell first;
  private final Protocol protocol;
  private final Parent parent;
  private final TaskFolder folder;

  PassRun(Order.RunPass order, Parent parent) {
    this.order = order;
    this.first = order.first().cell();
    this.protocol = first.protocol();
    this.parent = parent;
    this.folder =
        DataDirectory.open(Path.of(order.data())).task(first.task()).withFrames(protocol.frames());
  }

  Message.Done run() {
    parent.enter(Phase.ENGINE);
    EngineLoader.load(first.seed(), order.device(), protocol.precision());
    EngineFacts engine = EngineFacts.read(order.device(), protocol.precision());
    CudaHeap heap = CudaHeap.of(EngineLoader.device(order.device()));
    parent.settles(heap);
    parent.send(engine.message());
    parent.enter(Phase.LOAD);
    try (NDManager manager = NDManager.newBaseManager(EngineLoader.device(order.device()))) {
      return run(manager, engine, heap);
    }
  }

  private Message.Done run(NDManager manager, EngineFacts engine, CudaHeap heap) {
    FeatureSource source = source(manager, engine.engine());
    VisionTransformer backbone = source.load();
    MethodRegistry methods = MethodRegistry.of(order.jar());
    List<Pupil> pupils =
        order.members().stream()
            .map(member -> Pupil.of(member, methods, backbone, manager))
            .toList();
    TrainingLoop loop = new TrainingLoop(manager, heap::finish);
    source.prepare(taps(pupils));
    double backboneSeconds = train(loop, pupils, manager, source);
    judge(pupils, source);
    save(pupils);
    Optional<Inference> inference =
        pupils.size() == 1 ? source.time(pupils.get(0).learner()) : Optional.empty();
    Optional<EdgeUse> edge = source.edge();
    var unused = parent.tellStreamed();
    return new Message.Done(
        pupils.stream().map(pupil -> pupil.learned(inference, backboneSeconds, edge)).toList());
  }

  /** A method that changes its backbone is always live. */
  private FeatureSource source(NDManager manager, String engine) {
    ListName list = protocol.evaluate() == Split.TEST ? ListName.TRAIN800VAL200 : ListName.TRAIN800;
    Supplier<List<LabelledImage>> lines = () -> folder.images(list);
    if (order.cloud().isPresent()) {
      return new CloudFeatures(order, order.cloud().get(), parent, manager, lines);
    }
    return protocol.features() == Features.LIVE
        ? new LiveFeatures(order, parent, manager, lines, clips(list))
        : new CachedFeatures(order, parent, manager, list, lines, engine);
  }

  /** Clips to choose frames of, anew in each epoch; none if the task has images. */
  private List<LabelledClip> clips(ListName list) {
    return folder.hasClips(list) ? folder.clips(list) : List.of();
  }

  private static SharedTaps taps(List<Pupil> pupils) {
    return SharedTaps.of(pupils.stream().map(Pupil::learner).toList());
  }

  /**
   * Those of one seed see the same batches; each has an optimiser while it learns.
   *
   * @return seconds of input, backbone and taps, for all of them
   */
  private double train(
      TrainingLoop loop, List<Pupil> pupils, NDManager manager, FeatureSource source) {
    parent.enter(Phase.TRAIN);
    List<Cohort> cohorts = new ArrayList<>();
    try {
      bySeed(pupils)
          .forEach(
              (seed, members) -> {
                SharedTaps taps = taps(members);
                Batches batches = source.training(taps, seed);
                BatchOrder images = new BatchOrder(seed, batches.images(), protocol.batchSize());
                cohorts.add(
                    new Cohort(
                        images,
                        batches,
                        taps,
                        members.stream()
                            .map(pupil -> pupil.begin(manager, schedule(pupil, images)))
                            .toList()));
              });
      long steps = (long) protocol.epochs() * cohorts.get(0).order().batches();
      loop.train(
          cohorts,
          protocol.epochs(),
          (step, losses) -> progress(step + 1, steps, words(losses, pupils.size())));
    } finally {
      pupils.forEach(Pupil::end);
      source.endTraining();
    }
    if (pupils.size() == 1) {
      pupils.get(0).requireTrained();
    }
    return cohorts.stream().mapToDouble(Cohort::backboneSeconds).sum();
  }

  private static Map<Long, List<Pupil>> bySeed(List<Pupil> pupils) {
    return pupils.stream()
        .collect(
            Collectors.groupingBy(
                pupil -> pupil.cell().seed(), LinkedHashMap::new, Collectors.toList()));
  }

  private CosineSchedule schedule(Pupil pupil, BatchOrder images) {
    long perEpoch = images.batches();
    return new CosineSchedule(
        pupil.cell().protocol().lr(),
        protocol.warmupEpochs() * perEpoch,
        protocol.epochs() * perEpoch);
  }

  /** {@code loss 1.2345}, {@code 3 of 4 learners, loss 0.5000 to 1.2345}. */
  private static String words(List<Float> losses, int began) {
    var all = losses.stream().mapToDouble(Float::doubleValue).summaryStatistics();
    return began == 1
        ? "loss %.4f".formatted(all.getMax())
        : "%d of %d learners, loss %.4f to %.4f"
            .formatted(losses.size(), began, all.getMin(), all.getMax());
  }

  /** After the last step, once. */
  private void judge(List<Pupil> pupils, FeatureSource source) {
    parent.enter(Phase.judging(protocol.evaluate()));
    List<Pupil> trained = pupils.stream().filter(Pupil::isTrained).toList();
    if (trained.isEmpty()) {
      return;
    }
    FeatureSource.Judged judged = source.judge(trained.stream().map(Pupil::learner).toList());
    for (int i = 0; i < trained.size(); i++) {
      trained.get(i).judged(judged.judgements().get(i), judged.splitImages());
    }
    if (pupils.size() == 1) {
      pupils.get(0).requireTrained();
    }
  }

  private void save(List<Pupil> pupils) {
    List<Pupil> kept =
        pupils.stream().filter(pupil -> pupil.isTrained() && pupil.file().isPresent()).toList();
    if (!kept.isEmpty()) {
      parent.enter(Phase.SAVE);
      kept.forEach(
          pupil ->
              AdapterFile.write(
                  Path.of(pupil.file().orElseThrow()),
                  pupil.cell(),
                  order.first().classes(),
                  pupil.learner().trained()));
    }
  }

  private void progress(long done, long total, String text) {
    parent.send(new Message.Progress(done, total, text));
  }
}
