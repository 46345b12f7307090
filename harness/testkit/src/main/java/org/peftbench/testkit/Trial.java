package org.peftbench.testkit;

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
import org.peftbench.model.Tap;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.spi.BackboneMethod;
import org.peftbench.spi.SideMethod;
import org.peftbench.spi.SideNetwork;

/**
 * A method on a backbone, with a linear head, as a run would have it; closing it frees all arrays.
 */
public final class Trial implements AutoCloseable {

  /** K, the classes of the head. */
  public static final int CLASSES = 3;

  private final NDManager manager;
  private final VisionTransformer backbone;
  private final List<Tap> taps;
  private final Part body;
  private final Part head;
  private final Trained trained;

  private Trial(NDManager manager, VisionTransformer backbone, List<Tap> taps, Part body) {
    this.manager = manager;
    this.backbone = backbone;
    this.taps = taps;
    this.body = body;
    this.head = new Linear(backbone.config().width(), CLASSES, Init.TRUNCATED_NORMAL);
    this.trained = new Trained(body, head);
  }

  /**
   * Attaches a method to one of the {@link TinyModels} and draws its first values.
   *
   * @param seed of the first values and of dropout
   */
  public static <C extends Record> Trial on(ViTConfig config, Subject<C> subject, long seed) {
    NDManager manager = NDManager.newBaseManager();
    Trial trial = attach(subject, TinyModels.backbone(manager, config), manager);
    trial.initialize(seed);
    return trial;
  }

  /**
   * Attaches a method to a backbone; its parameters have no values yet.
   *
   * @param manager owner of all arrays, closed with the trial
   */
  public static <C extends Record> Trial attach(
      Subject<C> subject, VisionTransformer backbone, NDManager manager) {
    C config = subject.config();
    if (subject.method() instanceof SideMethod<C> method) {
      List<Tap> taps = method.taps(config, backbone.config());
      Part side = method.build(config, new FrozenTransformer(backbone));
      return new Trial(manager, backbone, List.copyOf(taps), side);
    }
    ((BackboneMethod<C>) subject.method()).adapt(config, backbone);
    return new Trial(manager, backbone, List.of(), backbone);
  }

  /** Draws what has no values yet, and seeds the engine. */
  public void initialize(long seed) {
    trained.initialize(manager, seed);
    Engine.getInstance().setRandomSeed((int) seed);
  }

  /** Owner of all arrays. */
  public NDManager manager() {
    return manager;
  }

  /** The backbone, adapted if the method does that. */
  public VisionTransformer backbone() {
    return backbone;
  }

  /** The side network, or the adapted backbone. */
  public Part body() {
    return body;
  }

  /** The linear head. */
  public Part head() {
    return head;
  }

  /** The body's parameters under {@code body.} and the head's under {@code head.}. */
  public Part trained() {
    return trained;
  }

  /** Images (B, 3, S, S) to what the body reads, in the caller's scope. */
  public NDList inputs(NDArray images) {
    return taps.isEmpty() ? new NDList(images) : backbone.taps(images, taps);
  }

  /** Inputs to the representation (B, D), in the caller's scope. */
  public NDArray represent(NDList inputs, boolean training) {
    return body instanceof SideNetwork side
        ? side.forward(inputs, training)
        : body.forward(inputs.singletonOrThrow(), training);
  }

  /** The representations of images, (B D) values row by row, without dropout. */
  public float[] representations(NDArray images) {
    try (NDScope scope = Part.scope()) {
      return represent(inputs(images), false).toFloatArray();
    }
  }

  /**
   * One training step.
   *
   * @param images (B, 3, S, S)
   * @param labels (B), int64
   * @param update what to do with the gradients
   * @return the loss before the update
   */
  public float step(NDArray images, NDArray labels, Consumer<Part.Leaves> update) {
    return step(images, labels, update, () -> {});
  }

  /** A training step, with something in between the forward and the backward pass. */
  float step(NDArray images, NDArray labels, Consumer<Part.Leaves> update, Runnable between) {
    try (NDScope scope = Part.scope();
        Part.Leaves leaves = trained.openLeaves()) {
      NDList inputs = inputs(images);
      NDArray loss;
      try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
        NDArray logits = head.forward(represent(inputs, true), true);
        loss = new SoftmaxCrossEntropyLoss().evaluate(new NDList(labels), new NDList(logits));
        between.run();
        gradients.backward(loss);
      }
      update.accept(leaves);
      return loss.getFloat();
    }
  }

  /**
   * Trains on one batch of {@link TinyModels} images.
   *
   * @return the loss of each step
   */
  public float[] train(int steps, Consumer<Part.Leaves> update) {
    float[] losses = new float[steps];
    int batch = 2 * CLASSES;
    try (NDManager owner = manager.newSubManager()) {
      NDArray images = TinyModels.images(owner, backbone.config(), batch);
      NDArray labels = TinyModels.labels(owner, batch, CLASSES);
      for (int i = 0; i < steps; i++) {
        losses[i] = step(images, labels, update);
      }
    }
    return losses;
  }

  /** An optimiser for this trial. */
  public PlainAdamW optimizer() {
    return new PlainAdamW(manager, 1e-2, 1e-2);
  }

  @Override
  public void close() {
    manager.close();
  }

  /** Body and head under one root, so that they are initialised and trained together. */
  private static final class Trained extends Part {

    Trained(Part body, Part head) {
      add("body", body);
      add("head", head);
    }

    @Override
    public NDArray forward(NDArray x, boolean training) {
      throw new UnsupportedOperationException("body and head are run one by one");
    }
  }
}
