package org.peftbench.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.nn.Parameter;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.peftbench.model.Part;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.training.Learner;

/** Checks what training changes, and what it must not. */
final class TrainingChecks {

  private static final int STEPS = 50;
  private static final int COLLECTIONS = 4;
  private static final int SMALL_BUFFERS = 1000;
  private static final long COLLECTION_MILLIS = 60_000;

  private TrainingChecks() {}

  /** Partners of what begins at zero get their gradient some steps later. */
  static void gradientsReachEveryTrainedParameter(Subject<?> subject, ViTConfig size) {
    try (Trial trial = Trial.on(size, subject, 0)) {
      TreeSet<String> unreached = new TreeSet<>();
      trial
          .learner()
          .trained()
          .namedParameters()
          .forEach(
              (name, parameter) -> {
                if (parameter.requiresGradient()) {
                  unreached.add(name);
                }
              });
      trial.train(
          5,
          leaves ->
              leaves
                  .byName()
                  .forEach(
                      (name, leaf) -> {
                        if (Tensors.anyNonZero(leaf.getGradient().toFloatArray())) {
                          unreached.remove(name);
                        }
                      }));
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
      trial.train(3);
      boolean adapted = trial.learner().body() == backbone;
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

  /** Inputs are read, never written: other learners read the same taps, in training too. */
  static void inputsStayAsTheyAre(Subject<?> subject, ViTConfig size) {
    try (Trial trial = Trial.on(size, subject, 0);
        NDScope scope = Part.scope()) {
      Learner learner = trial.learner();
      NDList inputs = learner.inputs(TinyModels.images(trial.manager(), size, 2));
      float[][] before = inputs.stream().map(NDArray::toFloatArray).toArray(float[][]::new);
      NDArray labels = TinyModels.labels(trial.manager(), 2, Trial.CLASSES);
      learner.represent(inputs, false);
      learner.step(inputs, labels, leaves -> {});
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
      float loss = trial.step(image, label, Trial.LR);
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
      return trial.train(5);
    }
  }

  /**
   * What the backward pass needs is the engine's own memory. An array that is made from Java's
   * values, as a number in {@code x.mul(2)} is, lives in a Java buffer, and goes with it.
   */
  static void gradientsSurviveAGarbageCollection(Subject<?> subject, ViTConfig size) {
    Tensors.assertBitEqual(
        "the loss with garbage collected before the backward pass",
        losses(subject, size, head -> head),
        losses(subject, size, Collecting::new));
  }

  private static float[] losses(Subject<?> subject, ViTConfig size, UnaryOperator<Part> head) {
    try (Trial trial = Trial.on(size, subject, 1)) {
      NDArray images = TinyModels.images(trial.manager(), size, 2);
      NDArray labels = TinyModels.labels(trial.manager(), 2, Trial.CLASSES);
      trial.learner().trained().wrap("head", head);
      float[] losses = new float[COLLECTIONS];
      for (int i = 0; i < losses.length; i++) {
        losses[i] = trial.step(images, labels, Trial.LR);
      }
      return losses;
    }
  }

  /** A head that collects garbage when it has run: all the method's arithmetic is done by then. */
  private static final class Collecting extends Part {

    Collecting(Part head) {
      add("base", head);
    }

    @Override
    public NDArray forward(NDArray representation, boolean training) {
      NDArray logits = part("base").forward(representation, training);
      // What is found is freed later, on a thread of its own, but all of it before the next find.
      collectGarbage();
      collectGarbage();
      // Buffers of all small sizes take the place of those that were freed, and are not zero.
      for (int i = 0; i < SMALL_BUFFERS; i++) {
        ByteBuffer.allocateDirect(1 + i % Float.BYTES * Float.BYTES).put(0, (byte) -1);
      }
      return logits;
    }

    /** Returns when the thread that frees what was found has met an object that nothing held. */
    private static void collectGarbage() {
      ReferenceQueue<Object> found = new ReferenceQueue<>();
      PhantomReference<Object> forgotten = new PhantomReference<>(new Object(), found);
      System.gc();
      try {
        if (found.remove(COLLECTION_MILLIS) != forgotten) {
          throw new AssertionError("no garbage was collected");
        }
      } catch (InterruptedException e) {
        throw new AssertionError("interrupted while garbage was collected", e);
      }
    }
  }

  /** What a step creates, it frees: after 50 steps there are as many arrays as after two. */
  static void noArraysAreLeaked(Subject<?> subject, ViTConfig size) {
    try (Trial trial = Trial.on(size, subject, 0)) {
      NDArray images = TinyModels.images(trial.manager(), size, 2);
      trial.train(2);
      trial.representations(images);
      int before = trial.manager().getManagedArrays().size();
      trial.train(STEPS);
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
