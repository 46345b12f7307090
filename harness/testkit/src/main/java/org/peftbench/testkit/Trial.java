package org.peftbench.testkit;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.function.Consumer;
import org.peftbench.model.Part;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.training.AdamW;
import org.peftbench.training.Learner;

/**
 * A method on a backbone, with a head and an optimiser, which are those of a run; closing it frees
 * all arrays.
 */
public final class Trial implements AutoCloseable {

  /** K, the classes of the head. */
  public static final int CLASSES = 3;

  /** The learning rate where nobody chooses one. */
  static final double LR = 1e-2;

  // As harness/testkit/src/main/python/small_vit.py has it.
  private static final double WEIGHT_DECAY = 1e-2;

  private final NDManager manager;
  private final Learner learner;
  private final AdamW optimizer;

  private Trial(NDManager manager, Learner learner) {
    this.manager = manager;
    this.learner = learner;
    this.optimizer = new AdamW(manager, WEIGHT_DECAY);
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
    Learner learner = Learner.attach(subject.method(), subject.config(), backbone, CLASSES);
    return new Trial(manager, learner);
  }

  /** Draws what has no values yet, and seeds the engine. */
  public void initialize(long seed) {
    learner.initialize(manager, seed);
    Engine.getInstance().setRandomSeed((int) seed);
  }

  /** Owner of all arrays. */
  public NDManager manager() {
    return manager;
  }

  /** The method on its backbone, with its head. */
  public Learner learner() {
    return learner;
  }

  /** Computes the representations of images, (B D) values row by row, without dropout. */
  public float[] representations(NDArray images) {
    try (NDScope scope = Part.scope()) {
      return learner.represent(learner.inputs(images), false).toFloatArray();
    }
  }

  /**
   * Takes one training step.
   *
   * @param images (B, 3, S, S)
   * @param labels (B), int64
   * @return the loss before the update
   */
  public float step(NDArray images, NDArray labels, double lr) {
    return step(images, labels, lr, leaves -> {});
  }

  private float step(NDArray images, NDArray labels, double lr, Consumer<Part.Leaves> look) {
    try (NDScope scope = Part.scope()) {
      return learner.step(
          learner.inputs(images), labels, look.andThen(leaves -> optimizer.update(leaves, lr)));
    }
  }

  /**
   * Trains on one batch of {@link TinyModels} images, or of clips of them.
   *
   * @return the loss of each step
   */
  public float[] train(int steps) {
    return train(steps, leaves -> {});
  }

  /** Trains, and shows the gradients of each step before they are used. */
  float[] train(int steps, Consumer<Part.Leaves> look) {
    float[] losses = new float[steps];
    int batch = 2 * CLASSES;
    try (NDManager owner = manager.newSubManager()) {
      ViTConfig config = learner.backbone().config();
      NDArray images = TinyModels.images(owner, config, batch * config.frames());
      NDArray labels = TinyModels.labels(owner, batch, CLASSES);
      for (int i = 0; i < steps; i++) {
        losses[i] = step(images, labels, LR, look);
      }
    }
    return losses;
  }

  @Override
  public void close() {
    manager.close();
  }
}
