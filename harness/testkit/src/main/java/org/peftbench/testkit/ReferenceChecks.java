package org.peftbench.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.peftbench.model.Part;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.ViTConfig.Pooling;
import org.peftbench.model.VisionTransformer;

/**
 * Compares a method with what an independent reference computed for a fixture, which holds for each
 * variant {@code NAME.representation}, {@code NAME.losses} and {@code NAME.trained}, and the images
 * and labels if they are not those of the shared backbone.
 */
public final class ReferenceChecks {

  private static final double TOLERANCE = 1e-4;

  // As harness/testkit/src/main/python/small_vit.py trains.
  private static final double LR = 1e-3;
  private static final int STEPS = 5;

  /** The sizes of the backbone that {@code small_vit.py} writes. */
  private static final ViTConfig SHARED =
      new ViTConfig(8, 4, 3, 16, 3, 2, 24, ViTConfig.LAYER_NORM_EPS, Pooling.CLS);

  private ReferenceChecks() {}

  /**
   * A method on the shared backbone agrees with its reference: in the representations of the images
   * and in five steps of training.
   *
   * @param fixture of the method: for each variant, its trained parameters as {@code NAME.path} and
   *     what is expected
   */
  public static void agrees(Fixture fixture, String variant, Subject<?> subject) {
    Fixture shared = Fixture.read(ReferenceChecks.class, "small_vit.txt");
    NDManager manager = NDManager.newBaseManager();
    VisionTransformer backbone = new VisionTransformer(SHARED);
    shared.load(backbone, manager, "backbone.");
    try (Trial trial = Trial.attach(subject, backbone, manager)) {
      Part body = trial.learner().body();
      body.namedParameters()
          .forEach(
              (name, parameter) -> {
                if (parameter.requiresGradient()) {
                  body.load(name, manager, fixture.values(variant + "." + name));
                }
              });
      shared.load(trial.learner().head(), manager, "head.");
      NDArray images = shared.array(manager, "images");
      NDArray labels = shared.integers(manager, "labels");
      represents(fixture, variant, trial, images);
      trains(fixture, variant, trial, images, labels);
    }
  }

  /** The representations of the images are the reference's. */
  public static void representationsAreTheReferences(Fixture fixture, String variant, Trial trial) {
    represents(fixture, variant, trial, fixture.array(trial.manager(), "images"));
  }

  private static void represents(Fixture fixture, String variant, Trial trial, NDArray images) {
    Tensors.assertClose(
        variant,
        fixture.values(variant + ".representation"),
        trial.representations(images),
        TOLERANCE);
  }

  /** Five steps of AdamW have the reference's losses, and end with its representations. */
  public static void trainingFollowsTheReference(Fixture fixture, String variant, Trial trial) {
    trains(
        fixture,
        variant,
        trial,
        fixture.array(trial.manager(), "images"),
        fixture.integers(trial.manager(), labels(fixture, variant)));
  }

  /** Clips have fewer labels than there are images. */
  private static String labels(Fixture fixture, String variant) {
    String own = variant + ".labels";
    return fixture.has(own) ? own : "labels";
  }

  private static void trains(
      Fixture fixture, String variant, Trial trial, NDArray images, NDArray labels) {
    float[] losses = new float[STEPS];
    for (int i = 0; i < losses.length; i++) {
      losses[i] = trial.step(images, labels, LR);
    }
    Tensors.assertClose("loss", fixture.values(variant + ".losses"), losses, TOLERANCE);
    Tensors.assertClose(
        "the trained representation",
        fixture.values(variant + ".trained"),
        trial.representations(images),
        TOLERANCE);
  }
}
