package org.peftbench.methods.miet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.ViTConfig.Pooling;
import org.peftbench.model.VisionTransformer;
import org.peftbench.testkit.Fixture;
import org.peftbench.testkit.PlainAdamW;
import org.peftbench.testkit.Subject;
import org.peftbench.testkit.Tensors;
import org.peftbench.testkit.Trial;

/** Values and training agree with the equations written in PyTorch: src/test/python. */
class MietReferenceTest {

  private static final ViTConfig SIZE = new ViTConfig(8, 4, 3, 16, 4, 2, 24, 1e-6, Pooling.CLS);
  private static final double TOLERANCE = 1e-4;

  private final Fixture fixture = Fixture.read(MietReferenceTest.class, "miet.txt");

  @ParameterizedTest
  @ValueSource(strings = {"default", "early", "two-heads", "sum"})
  void representationsAreTheReferences(String variant) {
    try (Trial trial = trial(variant)) {
      NDArray images = fixture.array(trial.manager(), "images");
      Tensors.assertClose(
          variant,
          fixture.values(variant + ".representation"),
          trial.representations(images),
          TOLERANCE);
    }
  }

  @Test
  void trainingFollowsTheReference() {
    try (Trial trial = trial("default")) {
      NDArray images = fixture.array(trial.manager(), "images");
      NDArray labels = fixture.integers(trial.manager(), "labels");
      PlainAdamW optimizer = new PlainAdamW(trial.manager(), 1e-3, 0.01);
      float[] losses = new float[5];
      for (int i = 0; i < losses.length; i++) {
        losses[i] = trial.step(images, labels, optimizer::update);
      }
      Tensors.assertClose("loss", fixture.values("default.losses"), losses, TOLERANCE);
      Tensors.assertClose(
          "the trained representation",
          fixture.values("default.trained"),
          trial.representations(images),
          TOLERANCE);
    }
  }

  private Trial trial(String variant) {
    MietConfig config =
        new MietConfig(
            variant.equals("early") ? 2 : 0,
            4,
            16,
            variant.equals("two-heads") ? 2 : 1,
            variant.equals("two-heads") ? 0.5 : 1,
            true,
            true,
            !variant.equals("sum"));
    NDManager manager = NDManager.newBaseManager();
    VisionTransformer backbone = new VisionTransformer(SIZE);
    fixture.load(backbone, manager, "backbone.");
    Subject<MietConfig> subject = new Subject<>(new MietMethod(), config, false);
    Trial trial = Trial.attach(subject, backbone, manager);
    fixture.load(trial.body(), manager, "side.");
    fixture.load(trial.head(), manager, "head.");
    return trial;
  }
}
