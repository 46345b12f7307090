package org.peftbench.methods.lora;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.peftbench.methods.lora.LoraConfig.Target;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.ViTConfig.Pooling;
import org.peftbench.model.VisionTransformer;
import org.peftbench.testkit.Fixture;
import org.peftbench.testkit.PlainAdamW;
import org.peftbench.testkit.Subject;
import org.peftbench.testkit.Tensors;
import org.peftbench.testkit.Trial;

/** Values and training agree with the equations written in PyTorch: src/test/python. */
class LoraReferenceTest {

  private static final ViTConfig SIZE = new ViTConfig(8, 4, 3, 16, 3, 2, 24, 1e-6, Pooling.CLS);
  private static final double TOLERANCE = 1e-4;

  private final Fixture fixture = Fixture.read(LoraReferenceTest.class, "lora.txt");

  @ParameterizedTest
  @EnumSource
  void representationsAreTheReferences(Target target) {
    try (Trial trial = trial(target)) {
      NDArray images = fixture.array(trial.manager(), "images");
      Tensors.assertClose(
          "the representation",
          fixture.values(name(target) + ".representation"),
          trial.representations(images),
          TOLERANCE);
    }
  }

  @ParameterizedTest
  @EnumSource
  void trainingFollowsTheReference(Target target) {
    try (Trial trial = trial(target)) {
      NDArray images = fixture.array(trial.manager(), "images");
      NDArray labels = fixture.integers(trial.manager(), "labels");
      PlainAdamW optimizer = new PlainAdamW(trial.manager(), 1e-3, 0.01);
      float[] losses = new float[5];
      for (int i = 0; i < losses.length; i++) {
        losses[i] = trial.step(images, labels, optimizer::update);
      }
      Tensors.assertClose("loss", fixture.values(name(target) + ".losses"), losses, TOLERANCE);
      Tensors.assertClose(
          "the trained representation",
          fixture.values(name(target) + ".trained"),
          trial.representations(images),
          TOLERANCE);
    }
  }

  private Trial trial(Target target) {
    NDManager manager = NDManager.newBaseManager();
    VisionTransformer backbone = new VisionTransformer(SIZE);
    fixture.load(backbone, manager, "backbone.");
    LoraConfig config = new LoraConfig(4, 2, 0, target);
    Trial trial = Trial.attach(new Subject<>(new LoraMethod(), config, false), backbone, manager);
    trial
        .body()
        .namedParameters()
        .forEach(
            (name, parameter) -> {
              if (parameter.requiresGradient()) {
                String tensor = name(target) + "." + name;
                trial.body().load(name, manager, fixture.values(tensor));
              }
            });
    fixture.load(trial.head(), manager, "head.");
    return trial;
  }

  private static String name(Target target) {
    return target.name().toLowerCase(Locale.ROOT);
  }
}
