package org.peftbench.testkit;

import ai.djl.ndarray.NDArray;
import java.util.Set;
import org.peftbench.model.Part;
import org.peftbench.model.ViTConfig;
import org.peftbench.spi.BackboneMethod;

/** Checks what is left of a method after training: values in a file, or a plain backbone. */
final class KeepingChecks {

  private static final int STEPS = 3;
  private static final int IMAGES = 2;
  private static final double ROUNDING = 1e-4;

  private KeepingChecks() {}

  /** The trained values are all there is: in a network with other first values they do the same. */
  static void savedAndLoadedItIsTheSame(Subject<?> subject, ViTConfig size) {
    try (Trial trained = Trial.on(size, subject, 0);
        Trial fresh = Trial.on(size, subject, 1)) {
      trained.train(STEPS);
      Part copy = fresh.learner().trained();
      trained
          .learner()
          .trained()
          .namedParameters()
          .forEach(
              (name, parameter) -> {
                if (parameter.requiresGradient()) {
                  copy.load(name, fresh.manager(), parameter.getArray().toFloatArray());
                }
              });
      NDArray images = TinyModels.images(trained.manager(), size, IMAGES);
      Tensors.assertBitEqual(
          "the representation after loading",
          trained.representations(images),
          fresh.representations(images));
    }
  }

  /** Merged, a method that says it can be is a plain backbone that represents images alike. */
  static <C extends Record> void mergedItIsAPlainBackbone(Subject<C> subject, ViTConfig size) {
    boolean merges =
        subject.method() instanceof BackboneMethod<C> method && method.merges(subject.config());
    if (!merges) {
      return;
    }
    try (Trial trial = Trial.on(size, subject, 0)) {
      trial.train(STEPS);
      NDArray images = TinyModels.images(trial.manager(), size, IMAGES);
      float[] before = trial.representations(images);
      trial.learner().backbone().merge(trial.manager());
      Set<String> left = trial.learner().backbone().addedParameters();
      if (!left.isEmpty()) {
        throw new AssertionError("merging leaves " + left);
      }
      Tensors.assertClose(
          "the representation after merging", before, trial.representations(images), ROUNDING);
    }
  }
}
