package org.peftbench.methods.lora;

import ai.djl.ndarray.NDManager;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.peftbench.methods.lora.LoraConfig.Target;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.ViTConfig.Pooling;
import org.peftbench.model.VisionTransformer;
import org.peftbench.testkit.Fixture;
import org.peftbench.testkit.ReferenceChecks;
import org.peftbench.testkit.Subject;
import org.peftbench.testkit.Trial;

/** Values and training agree with the equations written in PyTorch: src/test/python. */
class LoraReferenceTest {

  private static final ViTConfig SIZE = new ViTConfig(8, 4, 3, 16, 3, 2, 24, 1e-6, Pooling.CLS);

  private final Fixture fixture = Fixture.read(LoraReferenceTest.class, "lora.txt");

  @ParameterizedTest
  @EnumSource
  void representationsAreTheReferences(Target target) {
    try (Trial trial = trial(target)) {
      ReferenceChecks.representationsAreTheReferences(fixture, name(target), trial);
    }
  }

  @ParameterizedTest
  @EnumSource
  void trainingFollowsTheReference(Target target) {
    try (Trial trial = trial(target)) {
      ReferenceChecks.trainingFollowsTheReference(fixture, name(target), trial);
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
