package org.peftbench.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.peftbench.model.ViTConfig;

/** Checks that a method works where the backbone sees clips, frame by frame. */
final class ClipChecks {

  private static final int FRAMES = 2;
  private static final double SAME = 1e-5;

  private ClipChecks() {}

  /** Of (B T, 3, S, S) the representation is (B, D), and clips do not see each other. */
  static void mapsClipsToRepresentations(Subject<?> subject, ViTConfig size) {
    ViTConfig clips = size.withFrames(FRAMES);
    try (Trial trial = Trial.on(clips, subject, 0)) {
      NDArray images = TinyModels.images(trial.manager(), clips, 3 * FRAMES);
      Tensors.assertShape(
          "the representation of three clips",
          new Shape(3, size.width()),
          trial.learner().represent(trial.learner().inputs(images), false));
      float[] together = trial.representations(images);
      float[] alone = trial.representations(images.get("2:4"));
      Tensors.assertClose(
          "the representation of one clip alone",
          Arrays.copyOfRange(together, size.width(), 2 * size.width()),
          alone,
          SAME);
    }
  }

  /** Its count matches its formula, and all that it trains gets gradients. */
  static <C extends Record> void trainsOnClips(Subject<C> subject, ViTConfig size) {
    ViTConfig clips = size.withFrames(FRAMES);
    StructureChecks.countMatchesTheFormula(subject, clips);
    TrainingChecks.gradientsReachEveryTrainedParameter(subject, clips);
  }
}
