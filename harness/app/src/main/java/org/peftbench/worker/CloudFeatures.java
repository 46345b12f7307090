package org.peftbench.worker;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.peftbench.cell.Cell;
import org.peftbench.cell.Phase;
import org.peftbench.edge.Arrivals;
import org.peftbench.edge.CloudClient;
import org.peftbench.edge.CloudException;
import org.peftbench.edge.Difference;
import org.peftbench.edge.Norm;
import org.peftbench.edge.Receiver;
import org.peftbench.edge.SingleImages;
import org.peftbench.link.Message;
import org.peftbench.link.Order;
import org.peftbench.model.VisionTransformer;
import org.peftbench.result.EdgeUse;
import org.peftbench.result.Inference;
import org.peftbench.task.LabelledImage;
import org.peftbench.train.Batches;
import org.peftbench.train.CachedBatches;
import org.peftbench.training.Learner;
import org.peftbench.training.SharedTaps;
import org.peftbench.wire.CloudAccess;
import org.peftbench.wire.CloudInfo;

/** Taps that a cloud computes: of the backbone, this process has the final norm alone. */
final class CloudFeatures implements FeatureSource {

  private static final System.Logger LOG = System.getLogger(CloudFeatures.class.getName());

  private final Order.RunPass order;
  private final CloudAccess access;
  private final Cell first;
  private final Parent parent;
  private final NDManager manager;
  private final Supplier<List<LabelledImage>> lines;
  private final CloudClient client;
  private final CloudInfo cloud;
  private @Nullable VisionTransformer backbone;
  private @Nullable SplitJudge judge;
  private Receiver.@Nullable Wanted wanted;
  private List<Arrivals> arrived = List.of();
  private EdgeUse.@Nullable Latency latency;

  /**
   * A source.
   *
   * @param lines the training images
   * @throws org.peftbench.WrongInputException if the cloud is another than was planned with
   */
  CloudFeatures(
      Order.RunPass order,
      CloudAccess access,
      Parent parent,
      NDManager manager,
      Supplier<List<LabelledImage>> lines) {
    this.order = order;
    this.access = access;
    this.first = order.first().cell();
    this.parent = parent;
    this.manager = manager;
    this.lines = lines;
    this.client = CloudClient.of(access.reach(), first.seed());
    this.cloud = client.info();
    Difference.require(access.reach().url(), cloud, access.info());
  }

  @Override
  public VisionTransformer load() {
    VisionTransformer shaped = new VisionTransformer(first.config());
    Norm norm = client.norm(shaped.config());
    shaped.load(Norm.WEIGHT, manager, norm.weight());
    shaped.load(Norm.BIAS, manager, norm.bias());
    backbone = shaped;
    return shaped;
  }

  /** The features of the images to judge on come before training, so that the cloud may go. */
  @Override
  public void prepare(SharedTaps taps) {
    requireNoBackbone(Objects.requireNonNull(backbone));
    parent.enter(Phase.RECEIVE);
    judge = new SplitJudge(first, order.data());
    wanted =
        new Receiver.Wanted(
            Math.min(first.protocol().batchImages(), cloud.limits().batch()),
            taps.taps(),
            access.type());
    Receiver receiver =
        new Receiver(
            client,
            cloud,
            Path.of(order.featureFolder()),
            (done, of, text) -> parent.send(new Message.Progress(done, of, text)));
    arrived = receiver.receive(List.of(files(lines.get()), files(judge.judged())), wanted);
  }

  private static List<Path> files(List<LabelledImage> images) {
    return images.stream().map(LabelledImage::file).toList();
  }

  /**
   * Checks that what runs on a cloud is not here as well.
   *
   * @throws IllegalStateException if a parameter has values that only the cloud may have
   */
  static void requireNoBackbone(VisionTransformer backbone) {
    backbone
        .namedParameters()
        .forEach(
            (name, parameter) -> {
              if (!name.startsWith("norm.") && parameter.isInitialized()) {
                throw new IllegalStateException(
                    "an edge has no backbone, and here are the values of its " + name);
              }
            });
  }

  @Override
  public Batches training(SharedTaps taps, long seed) {
    int frames = first.protocol().frames();
    return new CachedBatches(arrived.get(0), LabelledImage.labels(lines.get(), frames), frames);
  }

  @Override
  public void endTraining() {
    arrived.forEach(Arrivals::close); // they open again what is read
  }

  @Override
  public Judged judge(List<Learner> trained) {
    SplitJudge split = Objects.requireNonNull(judge);
    return new Judged(split.judge(trained, arrived.get(1), manager, parent), split.images());
  }

  /**
   * One image at a time, from its file to its logits: there is no backbone to compare with. A clip
   * is no image.
   */
  @Override
  public Optional<Inference> time(Learner alone) {
    if (access.latencyImages() > 0 && first.protocol().frames() == 1) {
      parent.enter(Phase.INFERENCE);
      SingleImages images =
          new SingleImages(client, cloud, Objects.requireNonNull(wanted), manager);
      try {
        latency =
            images.time(
                files(Objects.requireNonNull(judge).judged()),
                access.latencyImages(),
                inputs -> logits(alone, inputs));
      } catch (CloudException e) {
        // What was trained and judged counts, also if the cloud has gone by now.
        LOG.log(System.Logger.Level.WARNING, "single images are not timed: " + e.getMessage());
      }
    }
    return Optional.empty();
  }

  private static void logits(Learner learner, NDList inputs) {
    learner.logits(inputs, false).toFloatArray(); // which waits for the result
  }

  @Override
  public Optional<EdgeUse> edge() {
    return Optional.of(
        new EdgeUse(
            access.reach().transport(),
            access.reach().link(),
            Arrivals.traffic(arrived, first.backbone().imageSize()),
            arrived.stream().allMatch(Arrivals::reused),
            Optional.ofNullable(latency)));
  }
}
