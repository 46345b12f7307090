package org.peftbench.methods.losa;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peftbench.methods.losa.LosaConfig.Mixers;
import org.peftbench.methods.losa.LosaConfig.Start;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.ViTConfig.Pooling;
import org.peftbench.model.VisionTransformer;
import org.peftbench.testkit.Fixture;
import org.peftbench.testkit.PlainAdamW;
import org.peftbench.testkit.Subject;
import org.peftbench.testkit.Tensors;
import org.peftbench.testkit.Trial;

/** Values and training agree with the equations written in PyTorch: src/test/python. */
class LosaReferenceTest {

  private static final ViTConfig SIZE = new ViTConfig(8, 4, 3, 16, 4, 2, 24, 1e-6, Pooling.CLS);
  private static final double TOLERANCE = 1e-4;

  private final Fixture fixture = Fixture.read(LosaReferenceTest.class, "losa.txt");

  @ParameterizedTest
  @ValueSource(
      strings = {"default", "biased", "channel", "token", "chained", "strided", "zero", "video"})
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

  @ParameterizedTest
  @ValueSource(strings = {"default", "video"})
  void trainingFollowsTheReference(String variant) {
    try (Trial trial = trial(variant)) {
      NDArray images = fixture.array(trial.manager(), "images");
      NDArray labels = fixture.integers(trial.manager(), "labels");
      PlainAdamW optimizer = new PlainAdamW(trial.manager(), 1e-3, 0.01);
      float[] losses = new float[5];
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

  private Trial trial(String variant) {
    NDManager manager = NDManager.newBaseManager();
    VisionTransformer backbone = new VisionTransformer(SIZE);
    fixture.load(backbone, manager, "backbone.");
    Subject<LosaConfig> subject = new Subject<>(new LosaMethod(), config(variant), false);
    Trial trial = Trial.attach(subject, backbone, manager);
    fixture.load(trial.body(), manager, variant.equals("video") ? "video." : "side.");
    fixture.load(trial.head(), manager, "head.");
    return trial;
  }

  private static LosaConfig config(String variant) {
    return new LosaConfig(
        3,
        switch (variant) {
          case "channel" -> Mixers.CHANNEL;
          case "token" -> Mixers.TOKEN;
          default -> Mixers.BOTH;
        },
        variant.equals("strided") ? 3 : 1,
        variant.equals("video") ? 2 : 1,
        variant.equals("chained") ? 0.5 : 1,
        !variant.equals("default"),
        !variant.equals("chained"),
        false,
        switch (variant) {
          case "strided" -> Start.EMBEDDING;
          case "zero" -> Start.ZERO;
          default -> Start.LAST_BLOCK;
        });
  }
}
