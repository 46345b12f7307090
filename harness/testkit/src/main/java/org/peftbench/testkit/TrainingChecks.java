package org.peftbench.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.nn.Parameter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.peftbench.model.Part;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;

/** What training changes, and what it must not. */
final class TrainingChecks {

  private static final int STEPS = 50;
  private static final int COLLECTIONS = 4;
  private static final int SMALL_BUFFERS = 1000;

  private TrainingChecks() {}

  /** Partners of what begins at zero get their gradient some steps later. */
  static void gradientsReachEveryTrainedParameter(Subject<?> subject, ViTConfig size) {
    try (Trial trial = Trial.on(size, subject, 0)) {
      TreeSet<String> unreached = new TreeSet<>();
      trial
          .trained()
          .namedParameters()
          .forEach(
              (name, parameter) -> {
                if (parameter.requiresGradient()) {
                  unreached.add(name);
                }
              });
      PlainAdamW optimizer = trial.optimizer();
      trial.train(
          5,
          leaves -> {
            leaves
                .byName()
                .forEach(
                    (name, leaf) -> {
                      if (Tensors.anyNonZero(leaf.getGradient().toFloatArray())) {
                        unreached.remove(name);
                      }
                    });
            optimizer.update(leaves);
          });
      if (!unreached.isEmpty()) {
        throw new AssertionError("no gradient reaches " + unreached);
      }
    }
  }

  /**
   * Attaching, initialising and training change the values of what is declared trainable alone; the
   * backbone of a side method keeps every byte.
   */
  static void nothingElseChanges(Subject<?> subject, ViTConfig size) {
    NDManager manager = NDManager.newBaseManager();
    VisionTransformer backbone = TinyModels.backbone(manager, size);
    List<Original> originals = new ArrayList<>();
    backbone
        .namedParameters()
        .forEach((name, parameter) -> originals.add(new Original(name, parameter)));
    try (Trial trial = Trial.attach(subject, backbone, manager)) {
      trial.initialize(0);
      trial.train(3, trial.optimizer()::update);
      boolean adapted = trial.body() == backbone;
      originals.stream()
          .filter(original -> !(adapted && original.parameter.requiresGradient()))
          .forEach(Original::assertUnchanged);
    }
  }

  /** Kept by object: a method that wraps parts gives their parameters other names. */
  private static final class Original {

    private final String name;
    private final Parameter parameter;
    private final float[] values;

    Original(String name, Parameter parameter) {
      this.name = name;
      this.parameter = parameter;
      this.values = parameter.getArray().toFloatArray();
    }

    void assertUnchanged() {
      if (!parameter.isInitialized()) {
        throw new AssertionError(name + " of the backbone was replaced");
      }
      Tensors.assertBitEqual(name, values, parameter.getArray().toFloatArray());
    }
  }

  /** Inputs are read, never written: cached taps are used again. */
  static void inputsStayAsTheyAre(Subject<?> subject, ViTConfig size) {
    try (Trial trial = Trial.on(size, subject, 0);
        NDScope scope = Part.scope()) {
      NDList inputs = trial.inputs(TinyModels.images(trial.manager(), size, 2));
      float[][] before = inputs.stream().map(NDArray::toFloatArray).toArray(float[][]::new);
      trial.represent(inputs, false);
      trial.represent(inputs, true);
      for (int i = 0; i < before.length; i++) {
        Tensors.assertBitEqual("input " + i, before[i], inputs.get(i).toFloatArray());
      }
    }
  }

  /** One image is a batch too: the last one of an epoch may be. */
  static void aBatchOfOneTrains(Subject<?> subject, ViTConfig size) {
    try (Trial trial = Trial.on(size, subject, 0)) {
      NDArray image = TinyModels.images(trial.manager(), size, 1);
      NDArray label = TinyModels.labels(trial.manager(), 1, Trial.CLASSES);
      float loss = trial.step(image, label, trial.optimizer()::update);
      if (!(loss > 0) || Float.isInfinite(loss)) {
        throw new AssertionError("the loss of one image alone is " + loss);
      }
      for (float value : trial.representations(image)) {
        if (!Float.isFinite(value)) {
          throw new AssertionError("a step on one image alone leads to the value " + value);
        }
      }
    }
  }

  static void sameSeedGivesTheSameLosses(Subject<?> subject, ViTConfig size) {
    Tensors.assertBitEqual("the loss", losses(subject, size, 1), losses(subject, size, 1));
  }

  static void anotherSeedGivesOtherLosses(Subject<?> subject, ViTConfig size) {
    float[] losses = losses(subject, size, 1);
    if (Arrays.equals(losses, losses(subject, size, 2))) {
      throw new AssertionError("two seeds give the same losses " + Arrays.toString(losses));
    }
  }

  private static float[] losses(Subject<?> subject, ViTConfig size, long seed) {
    try (Trial trial = Trial.on(size, subject, seed)) {
      return trial.train(5, trial.optimizer()::update);
    }
  }

  /**
   * What the backward pass needs is the engine's own memory. An array that is made from Java's
   * values, as a number in {@code x.mul(2)} is, lives in a Java buffer, and goes with it.
   */
  static void gradientsSurviveAGarbageCollection(Subject<?> subject, ViTConfig size) {
    Tensors.assertBitEqual(
        "the loss with garbage collected before the backward pass",
        losses(subject, size, () -> {}),
        losses(subject, size, TrainingChecks::collectGarbage));
  }

  private static float[] losses(Subject<?> subject, ViTConfig size, Runnable between) {
    try (Trial trial = Trial.on(size, subject, 1)) {
      NDArray images = TinyModels.images(trial.manager(), size, 2);
      NDArray labels = TinyModels.labels(trial.manager(), 2, Trial.CLASSES);
      PlainAdamW optimizer = trial.optimizer();
      float[] losses = new float[COLLECTIONS];
      for (int i = 0; i < losses.length; i++) {
        losses[i] = trial.step(images, labels, optimizer::update, between);
      }
      return losses;
    }
  }

  /** Buffers of all small sizes take the place of those that were freed, and are not zero. */
  private static void collectGarbage() {
    System.gc();
    for (int i = 0; i < SMALL_BUFFERS; i++) {
      ByteBuffer.allocateDirect(1 + i % Float.BYTES * Float.BYTES).put(0, (byte) -1);
    }
  }

  /** What a step creates, it frees: after 50 steps there are as many arrays as after two. */
  static void noArraysAreLeaked(Subject<?> subject, ViTConfig size) {
    try (Trial trial = Trial.on(size, subject, 0)) {
      NDArray images = TinyModels.images(trial.manager(), size, 2);
      PlainAdamW optimizer = trial.optimizer();
      trial.train(2, optimizer::update);
      trial.representations(images);
      int before = trial.manager().getManagedArrays().size();
      trial.train(STEPS, optimizer::update);
      assertAsMany(STEPS + " training steps", before, trial);
      for (int i = 0; i < STEPS; i++) {
        trial.representations(images);
      }
      assertAsMany(STEPS + " evaluations", before, trial);
    }
  }

  private static void assertAsMany(String after, int before, Trial trial) {
    int now = trial.manager().getManagedArrays().size();
    if (now != before) {
      throw new AssertionError(after + " leave " + (now - before) + " arrays behind");
    }
  }
}
