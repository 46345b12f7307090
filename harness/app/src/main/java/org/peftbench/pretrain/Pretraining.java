package org.peftbench.pretrain;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.peftbench.WrongInputException;
import org.peftbench.adapter.ParameterValues;
import org.peftbench.file.Sha256;
import org.peftbench.model.Part;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.result.Json;
import org.peftbench.task.ImageBatch;
import org.peftbench.train.CosineSchedule;
import org.peftbench.train.DivergedException;
import org.peftbench.train.Feed;
import org.peftbench.train.HostMemory;
import org.peftbench.train.ImageArrays;
import org.peftbench.train.Judgement;
import org.peftbench.train.Stepper;
import org.peftbench.training.AdamW;
import org.peftbench.training.Learner;
import org.peftbench.weights.BackboneWeights;
import org.peftbench.weights.ElementType;
import org.peftbench.weights.FloatTensor;
import org.peftbench.weights.Head;
import org.peftbench.weights.SafetensorsWriter;

/** Supervised pretraining of a transformer, from a recipe to weights and their model card. */
public final class Pretraining {

  /** The weight file in the folder of a training. */
  public static final String WEIGHTS = "weights.safetensors";

  /** The model card in the folder of a training. */
  public static final String CARD = "model-card.json";

  private static final String BACKBONE = "backbone.";

  /** Told how far it is. */
  @FunctionalInterface
  public interface Listener {
    /**
     * Called now and then.
     *
     * @param done images
     * @param total images
     * @param text loss and speed
     */
    void at(long done, long total, String text);
  }

  private final PretrainOrder order;
  private final Recipe recipe;
  private final PretrainingImages images;
  private final NDManager manager;
  private final Listener listener;
  private final ViTConfig config;
  private final Checkpoint checkpoint;
  private final ImageArrays arrays;

  /** A training that has not begun; arrays live below the manager. */
  public Pretraining(PretrainOrder order, NDManager manager, Listener listener) {
    this.order = order;
    this.recipe = order.recipe();
    this.images = PretrainingImages.open(recipe.folder(), recipe.imageSize(), recipe.seed());
    this.manager = manager;
    this.listener = listener;
    this.config = recipe.config();
    this.checkpoint = new Checkpoint(Path.of(order.out()));
    this.arrays = new ImageArrays(recipe.imageSize(), recipe.normalize(), manager);
  }

  /**
   * Trains from the start or from the last checkpoint, judges, and writes weights and card.
   *
   * @param engine name and version, for the card
   * @param threads engine threads, for the card
   * @throws DivergedException at the first loss that is not finite
   * @throws WrongInputException if the checkpoint is of another recipe, or nothing can be written
   */
  public ModelCard run(String engine, int threads) {
    VisionTransformer backbone = new VisionTransformer(config);
    Learner learner = Learner.pretraining(backbone, recipe.classes());
    double seconds;
    try (AdamW optimizer = new AdamW(manager, recipe.weightDecay())) {
      seconds = train(learner, optimizer);
    }
    Path weights = write(learner.trained());
    Judgement judgement = judge(learner, weights);
    ModelCard card =
        new ModelCard(
            recipe,
            judgement.images(),
            judgement.correct(),
            seconds,
            engine,
            threads,
            WEIGHTS,
            Sha256.of(weights));
    try {
      Path folder = Path.of(order.out());
      Json.PRETTY.writeValue(folder.resolve(CARD).toFile(), card);
      Files.writeString(folder.resolve("model-card.md"), card.markdown());
    } catch (IOException e) {
      throw cannotWrite(e);
    }
    return card;
  }

  private double train(Learner learner, AdamW optimizer) {
    Checkpoint.Progress start = new Checkpoint.Progress(recipe, 0, 0);
    learner.initialize(manager, recipe.seed());
    if (checkpoint.exists()) {
      start = checkpoint.restore(recipe, learner.trained(), optimizer, manager);
    }
    int batchSize = recipe.batchSize();
    CosineSchedule schedule =
        new CosineSchedule(recipe.lr(), recipe.warmupImages() / batchSize, recipe.steps());
    Stepper stepper = new Stepper(learner, optimizer);
    Pace pace = new Pace(start.seconds());
    double saved = start.seconds();
    long end = recipe.steps() * batchSize;
    try (BatchesAhead batches =
            new BatchesAhead(images::training, start.steps() * batchSize, end, batchSize);
        Feed<ImageBatch> feed = Feed.of(manager, batches, this::read)) {
      for (long step = start.steps(); step < recipe.steps(); step++) {
        float loss = stepper.step(feed.next().orElseThrow(), arrays::floats, schedule.at(step));
        if (!Float.isFinite(loss)) {
          throw new DivergedException("the loss was " + loss + " at step " + (step + 1));
        }
        long done = (step + 1) * batchSize;
        listener.at(done, end, pace.after(batchSize, loss, end - done));
        boolean last = step + 1 == recipe.steps();
        if (last || pace.seconds() - saved >= order.checkpointSeconds()) {
          saved = pace.seconds();
          checkpoint.write(
              learner.trained(), optimizer, new Checkpoint.Progress(recipe, step + 1, saved));
        }
      }
    }
    return pace.seconds();
  }

  private NDList read(NDManager owner, ImageBatch batch, HostMemory memory) {
    return new NDList(
        arrays.of(owner, batch.pixels(), memory),
        owner.create(Arrays.stream(batch.labels()).asLongStream().toArray()));
  }

  /** Backbone and head in timm's layout. */
  private Path write(Part trained) {
    Map<String, FloatTensor> tensors = new LinkedHashMap<>();
    trained
        .namedParameters()
        .forEach(
            (name, parameter) ->
                tensors.put(
                    name.startsWith(BACKBONE) ? name.substring(BACKBONE.length()) : name,
                    ParameterValues.of(parameter)));
    Path file = Path.of(order.out()).resolve(WEIGHTS);
    try {
      SafetensorsWriter.write(
          file, tensors, Map.of(), order.float16() ? ElementType.F16 : ElementType.F32);
    } catch (IOException e) {
      throw cannotWrite(e);
    }
    return file;
  }

  /** Judges what was written, which float16 may have rounded. */
  private Judgement judge(Learner learner, Path file) {
    try (BackboneWeights weights = BackboneWeights.open(file)) {
      Head head = weights.head().orElseThrow();
      for (String name : learner.trained().namedParameters().keySet()) {
        float[] values =
            switch (name) {
              case "head.weight" -> head.weight();
              case "head.bias" -> head.bias();
              default -> weights.read(name.substring(BACKBONE.length()), config);
            };
        learner.trained().load(name, manager, values);
      }
    }
    int count = images.heldOutCount();
    try (BatchesAhead batches = new BatchesAhead(images::heldOut, 0, count, recipe.batchSize())) {
      return Judgement.of(
          learner, arrays, batches, manager, judged -> listener.at(judged, count, "held out"));
    }
  }

  private WrongInputException cannotWrite(IOException e) {
    return new WrongInputException("cannot write into " + order.out() + ": " + e.getMessage(), e);
  }
}
