package org.peftbench.testkit;

import ai.djl.ndarray.NDArray;

/**
 * Compares a method with what an independent reference computed for a fixture, which holds {@code
 * images}, {@code labels} and for each variant {@code NAME.representation}, {@code NAME.losses} and
 * {@code NAME.trained}.
 */
public final class ReferenceChecks {

  private static final double TOLERANCE = 1e-4;

  // As harness/testkit/src/main/python/small_vit.py trains.
  private static final double LR = 1e-3;
  private static final double WEIGHT_DECAY = 0.01;
  private static final int STEPS = 5;

  private ReferenceChecks() {}

  /** The representations of the images are the reference's. */
  public static void representationsAreTheReferences(Fixture fixture, String variant, Trial trial) {
    Tensors.assertClose(
        variant,
        fixture.values(variant + ".representation"),
        trial.representations(fixture.array(trial.manager(), "images")),
        TOLERANCE);
  }

  /** Five steps of AdamW have the reference's losses, and end with its representations. */
  public static void trainingFollowsTheReference(Fixture fixture, String variant, Trial trial) {
    NDArray images = fixture.array(trial.manager(), "images");
    NDArray labels = fixture.integers(trial.manager(), "labels");
    PlainAdamW optimizer = new PlainAdamW(trial.manager(), LR, WEIGHT_DECAY);
    float[] losses = new float[STEPS];
    for (int i = 0; i < losses.length; i++) {
      losses[i] = trial.step(images, labels, optimizer::update);
    }
    Tensors.assertClose("loss", fixture.values(variant + ".losses"), losses, TOLERANCE);
    Tensors.assertClose(
        "the trained representation",
        fixture.values(variant + ".trained"),
        trial.representations(images),
        TOLERANCE);
  }
}
