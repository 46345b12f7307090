package org.peftbench.methods.last;

import ai.djl.ndarray.NDManager;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.ViTConfig.Pooling;
import org.peftbench.model.VisionTransformer;
import org.peftbench.testkit.Fixture;
import org.peftbench.testkit.ReferenceChecks;
import org.peftbench.testkit.Subject;
import org.peftbench.testkit.Trial;

/** Values and training agree with the equations written in PyTorch: src/test/python. */
class LastReferenceTest {

  private static final ViTConfig SIZE = new ViTConfig(8, 4, 3, 16, 4, 2, 24, 1e-6, Pooling.CLS);

  private final Fixture fixture = Fixture.read(LastReferenceTest.class, "last.txt");

  @ParameterizedTest
  @ValueSource(strings = {"default", "zero", "uncorrected", "two-heads", "scaled"})
  void representationsAreTheReferences(String variant) {
    try (Trial trial = trial(variant)) {
      ReferenceChecks.representationsAreTheReferences(fixture, variant, trial);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"default", "zero"})
  void trainingFollowsTheReference(String variant) {
    try (Trial trial = trial(variant)) {
      ReferenceChecks.trainingFollowsTheReference(fixture, variant, trial);
    }
  }

  private Trial trial(String variant) {
    String options =
        switch (variant) {
          case "zero" -> "start=zero,zero-init=false";
          case "uncorrected" -> "correction=false";
          case "two-heads" -> "heads=2";
          case "scaled" -> "scale=0.5,bias=false";
          default -> "";
        };
    NDManager manager = NDManager.newBaseManager();
    VisionTransformer backbone = new VisionTransformer(SIZE);
    fixture.load(backbone, manager, "backbone.");
    Trial trial = Trial.attach(Subject.of(new LastMethod(), options), backbone, manager);
    fixture.load(trial.learner().body(), manager, "side.");
    fixture.load(trial.learner().head(), manager, "head.");
    return trial;
  }
}
