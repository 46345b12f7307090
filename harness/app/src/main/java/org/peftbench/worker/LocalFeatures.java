package org.peftbench.worker;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.peftbench.cell.BackboneMemory;
import org.peftbench.cell.Cell;
import org.peftbench.cell.Features;
import org.peftbench.cell.Phase;
import org.peftbench.cell.Protocol;
import org.peftbench.compute.InferenceTrial;
import org.peftbench.link.Message;
import org.peftbench.link.Order;
import org.peftbench.model.BlockSupply;
import org.peftbench.model.VisionTransformer;
import org.peftbench.result.EdgeUse;
import org.peftbench.result.Inference;
import org.peftbench.task.ImageSet;
import org.peftbench.task.LabelledImage;
import org.peftbench.task.Pixels;
import org.peftbench.train.ImageArrays;
import org.peftbench.train.ImageBatches;
import org.peftbench.training.FrozenWeights;
import org.peftbench.training.Learner;
import org.peftbench.training.SharedTaps;

/** Inputs that this process computes itself: it has images and backbone. */
abstract class LocalFeatures implements FeatureSource {

  private static final int LARGEST_INFERENCE_BATCH = 16;

  final Order.RunPass order;
  final Protocol protocol;
  final Parent parent;
  final NDManager manager;
  private final Cell first;
  private final Supplier<List<LabelledImage>> lines;
  private final BackboneLoader loader;
  private final DecodedOnce decodedOnce;

  /**
   * A source.
   *
   * @param lines the training images
   */
  LocalFeatures(
      Order.RunPass order, Parent parent, NDManager manager, Supplier<List<LabelledImage>> lines) {
    this.order = order;
    this.first = order.first().cell();
    this.protocol = first.protocol();
    this.parent = parent;
    this.manager = manager;
    this.lines = lines;
    this.decodedOnce = new DecodedOnce(order, parent);
    this.loader = new BackboneLoader(order.first(), manager);
    parent.streams(loader::streamed);
  }

  @Override
  public VisionTransformer load() {
    return loader.load();
  }

  /** What gives the backbone's blocks their values. */
  final BlockSupply blocks() {
    return loader.blocks();
  }

  /** The backbone does not run before it judges. */
  final void rest() {
    loader.rest();
  }

  final List<LabelledImage> lines() {
    return lines.get();
  }

  final int[] labels() {
    return LabelledImage.labels(lines.get(), protocol.frames());
  }

  /** Gives the training images, in a phase of its own. */
  final ImageSet images() {
    parent.enter(Phase.DATA);
    try (Pixels pixels = decodedOnce.of(lines.get())) {
      int all = pixels.images().size();
      return ImageSet.load(pixels, done -> parent.send(new Message.Progress(done, all, "images")));
    }
  }

  final ImageBatches live(ImageSet images, SharedTaps taps) {
    return new ImageBatches(images, arrays(), taps);
  }

  final ImageArrays arrays() {
    return new ImageArrays(first.backbone().imageSize(), protocol.normalize(), manager);
  }

  /** The backbone gets back what was freed of it. */
  @Override
  public Judged judge(List<Learner> trained) {
    VisionTransformer backbone = trained.get(0).backbone();
    loader.fill(backbone);
    FrozenWeights.hold(backbone, protocol.precision());
    SplitJudge judge = new SplitJudge(first, order.data());
    return new Judged(judge.judge(trained, decodedOnce::of, manager, parent), judge.images());
  }

  /** A streamed backbone would be read a dozen times more, to time its disk. */
  @Override
  public Optional<Inference> time(Learner alone) {
    if (protocol.backboneMemory() == BackboneMemory.STREAMED) {
      return Optional.empty();
    }
    parent.enter(Phase.INFERENCE);
    VisionTransformer plain = alone.readsOnly() ? alone.backbone() : loader.load();
    FrozenWeights.hold(plain, protocol.precision());
    int batch = Math.min(protocol.batchSize(), LARGEST_INFERENCE_BATCH);
    boolean live = protocol.features() == Features.LIVE;
    return Optional.of(new InferenceTrial(alone, plain, manager).run(batch, live));
  }

  @Override
  public Optional<EdgeUse> edge() {
    return Optional.empty();
  }
}
