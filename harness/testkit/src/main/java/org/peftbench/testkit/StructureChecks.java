package org.peftbench.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.util.Arrays;
import java.util.Map;
import org.peftbench.model.Part;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.training.Learner;

/** Checks what a method builds. */
final class StructureChecks {

  private static final double SAME = 1e-5;
  private static final double DIFFERENT = 1e-4;

  private StructureChecks() {}

  /** The formula is what is built, and building takes no memory. */
  static <C extends Record> void countMatchesTheFormula(Subject<C> subject, ViTConfig size) {
    VisionTransformer backbone = new VisionTransformer(size);
    Part built = Learner.attach(subject.method(), subject.config(), backbone, Trial.CLASSES).body();
    long stated = subject.method().trainableParameters(subject.config(), size);
    if (built.trainableValues() != stated) {
      throw new AssertionError(
          "the formula gives " + stated + " values on " + size + ", built are " + trained(built));
    }
    built
        .namedParameters()
        .forEach(
            (name, parameter) -> {
              if (parameter.isInitialized()) {
                throw new AssertionError(name + " has an array before it is initialised");
              }
            });
  }

  private static String trained(Part built) {
    StringBuilder text = new StringBuilder().append(built.trainableValues()).append(':');
    for (Map.Entry<String, Parameter> entry : built.namedParameters().entrySet()) {
      if (entry.getValue().requiresGradient()) {
        text.append(' ').append(entry.getKey()).append(entry.getValue().getShape());
      }
    }
    return text.toString();
  }

  /** The representation is (B, D), finite, for one image and for several, in both modes. */
  static void mapsImagesToRepresentations(Subject<?> subject, ViTConfig size) {
    try (Trial trial = Trial.on(size, subject, 0)) {
      for (int batch : new int[] {1, 3}) {
        NDArray images = TinyModels.images(trial.manager(), size, batch);
        for (boolean training : new boolean[] {false, true}) {
          NDList inputs = trial.learner().inputs(images);
          NDArray representation = trial.learner().represent(inputs, training);
          Shape expected = new Shape(batch, size.width());
          Tensors.assertShape("the representation", expected, representation);
          for (float value : representation.toFloatArray()) {
            if (!Float.isFinite(value)) {
              throw new AssertionError("the representation has the value " + value);
            }
          }
        }
      }
    }
  }

  /** Images do not see each other: one alone gives what it gives among others. */
  static void imagesAreIndependent(Subject<?> subject, ViTConfig size) {
    try (Trial trial = Trial.on(size, subject, 0)) {
      NDArray images = TinyModels.images(trial.manager(), size, 3);
      float[] together = trial.representations(images);
      float[] alone = trial.representations(images.get("1:2"));
      Tensors.assertClose(
          "the representation of one image alone",
          Arrays.copyOfRange(together, size.width(), 2 * size.width()),
          alone,
          SAME);
    }
  }

  /** The first representation is the frozen backbone's where that is declared, and only there. */
  static <C extends Record> void startsAsDeclared(Subject<C> subject, ViTConfig size) {
    try (Trial trial = Trial.on(size, subject, 0);
        NDManager manager = NDManager.newBaseManager()) {
      NDArray images = TinyModels.images(manager, size, 3);
      float[] frozen = TinyModels.backbone(manager, size).forward(images, false).toFloatArray();
      float[] first = trial.representations(images);
      if (subject.method().startsAsBackbone(subject.config())) {
        Tensors.assertClose("the first representation", frozen, first, SAME);
      } else if (Tensors.maxDifference(frozen, first) < DIFFERENT) {
        throw new AssertionError(
            "the first representation is the frozen backbone's, and is declared not to be");
      }
    }
  }
}
