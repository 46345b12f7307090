package org.peftbench.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.SoftmaxCrossEntropyLoss;
import java.util.List;
import java.util.function.Consumer;
import org.peftbench.model.Init;
import org.peftbench.model.Linear;
import org.peftbench.model.Part;
import org.peftbench.model.Precision;
import org.peftbench.model.Tap;
import org.peftbench.model.VisionTransformer;
import org.peftbench.spi.BackboneMethod;
import org.peftbench.spi.FrozenBackbone;
import org.peftbench.spi.PeftMethod;
import org.peftbench.spi.SideMethod;
import org.peftbench.spi.SideNetwork;

/**
 * A method attached to a backbone, with a linear head: what is trained and judged.
 *
 * <p>A batch passes through it in two steps: images become {@linkplain #inputs inputs} without
 * gradient (taps for a side method, the images themselves otherwise), inputs become logits.
 */
public final class Learner {

  private static final String HEAD = "head";
  private static final SoftmaxCrossEntropyLoss CROSS_ENTROPY = new SoftmaxCrossEntropyLoss();

  private final VisionTransformer backbone;
  private final List<Tap> taps;
  private final Network network;
  private final Precision precision;

  private Learner(
      VisionTransformer backbone, List<Tap> taps, Network network, Precision precision) {
    this.backbone = backbone;
    this.taps = List.copyOf(taps);
    this.network = network;
    this.precision = precision;
  }

  /**
   * Attaches a method, in float32.
   *
   * @param backbone frozen, with or without its values; a backbone method changes it
   * @param classes K
   */
  public static <C extends Record> Learner attach(
      PeftMethod<C> method, C config, VisionTransformer backbone, int classes) {
    if (method instanceof SideMethod<C> reading) {
      List<Tap> taps = reading.taps(config, backbone.config());
      SideNetwork side = reading.build(config, FrozenBackbone.of(backbone));
      Network network = new Network("side", side, backbone, classes);
      return new Learner(backbone, taps, network, Precision.FLOAT32);
    }
    ((BackboneMethod<C>) method).adapt(config, backbone);
    return of(backbone, classes);
  }

  /**
   * Makes a learner of a transformer of which every value is trained, as in pretraining.
   *
   * @param classes K
   */
  public static Learner pretraining(VisionTransformer backbone, int classes) {
    backbone.unfreeze("**");
    return of(backbone, classes);
  }

  private static Learner of(VisionTransformer backbone, int classes) {
    Network network = new Network("backbone", backbone, backbone, classes);
    return new Learner(backbone, List.of(), network, Precision.FLOAT32);
  }

  /** The same network, computed in another precision. */
  public Learner in(Precision other) {
    return new Learner(backbone, taps, network, other);
  }

  /** Gives the method and the head their first values, and holds the backbone's frozen ones. */
  public void initialize(NDManager manager, long seed) {
    network.initialize(manager, seed);
    FrozenWeights.hold(backbone, precision);
  }

  /** The backbone, adapted if the method does that. */
  public VisionTransformer backbone() {
    return backbone;
  }

  /** The side network, or the adapted backbone. */
  public Part body() {
    return network.body();
  }

  /** The linear head. */
  public Part head() {
    return network.part(HEAD);
  }

  /** What is trained: the body, as {@code side} or {@code backbone}, and {@code head}. */
  public Part trained() {
    return network;
  }

  /** Whether the backbone is only read. */
  public boolean readsOnly() {
    return !taps.isEmpty();
  }

  /** What is read of the backbone; empty for a method that changes it. */
  public List<Tap> taps() {
    return taps;
  }

  /** Trained values without the head. */
  public long trainableParameters() {
    return body().trainableValues();
  }

  /** Values of the head. */
  public long headParameters() {
    return head().values();
  }

  /** All values: backbone, method and head. */
  public long totalParameters() {
    return network.values() + (readsOnly() ? backbone.values() : 0);
  }

  /**
   * Bytes that leave the backbone for one image, or all frames of a clip, as float32; 0 for a
   * method that changes it.
   */
  public long transferBytesPerImage() {
    return Tap.transferBytes(taps, backbone.config()) * backbone.config().frames();
  }

  /** What it is computed in. */
  public Precision precision() {
    return precision;
  }

  /**
   * Turns images (B, 3, S, S), or frames (B T, 3, S, S), into inputs, in float32 and in the
   * caller's scope; never part of a graph.
   */
  public NDList inputs(NDArray images) {
    return readsOnly() ? read(images, taps) : new NDList(images);
  }

  /** Reads taps of the backbone, which need not be this learner's. */
  NDList read(NDArray images, List<Tap> wanted) {
    return new TapReader(backbone, precision).read(images, wanted);
  }

  /**
   * Turns inputs into the representation (B, D), in float32 and in the caller's scope; that of a
   * clip is the mean of its frames'.
   */
  public NDArray represent(NDList inputs, boolean training) {
    try (Autocast cast = overTrained(inputs)) {
      return Cast.float32(network.represent(inputs, training));
    }
  }

  /** Turns inputs into logits (B, K), in float32 and in the caller's scope. */
  public NDArray logits(NDList inputs, boolean training) {
    try (Autocast cast = overTrained(inputs)) {
      return Cast.float32(network.forward(inputs, training));
    }
  }

  private Autocast overTrained(NDList inputs) {
    return Autocast.open(inputs.get(0).getDevice(), precision.lowersTrained(readsOnly()));
  }

  /**
   * Takes one training step: the loss, its gradients, and what is done with them.
   *
   * @param inputs as {@link #inputs} gives them
   * @param labels classes (B), int64
   * @param update changes the trained values by the gradients of their leaves
   * @return the loss before the update, in nats
   */
  public float step(NDList inputs, NDArray labels, Consumer<Part.Leaves> update) {
    try (NDScope scope = Part.scope();
        Part.Leaves leaves = network.openLeaves()) {
      NDArray loss;
      try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
        NDArray logits = logits(inputs, true);
        loss = CROSS_ENTROPY.evaluate(new NDList(labels), new NDList(logits));
        gradients.backward(loss);
      }
      update.accept(leaves);
      return loss.getFloat();
    }
  }

  /** What represents images, under its name, and the linear head on it. */
  private static final class Network extends Part {

    private final String body;
    private final int frames;

    Network(String name, Part body, VisionTransformer backbone, int classes) {
      this.body = name;
      this.frames = backbone.config().frames();
      add(name, body);
      add(HEAD, new Linear(backbone.config().width(), classes, Init.TRUNCATED_NORMAL));
    }

    Part body() {
      return part(body);
    }

    NDArray represent(NDList inputs, boolean training) {
      return frames == 1
          ? each(inputs, training)
          : scoped(
              () -> {
                NDArray each = each(inputs, training);
                long width = each.getShape().get(1);
                return each.reshape(-1, frames, width).mean(new int[] {1});
              });
    }

    private NDArray each(NDList inputs, boolean training) {
      return body() instanceof SideNetwork side
          ? side.forward(inputs, training)
          : body().forward(inputs.singletonOrThrow(), training);
    }

    NDArray forward(NDList inputs, boolean training) {
      return scoped(() -> part(HEAD).forward(represent(inputs, training), training));
    }

    @Override
    public NDArray forward(NDArray x, boolean training) {
      return forward(new NDList(x), training);
    }
  }
}
