package org.peftbench.methods.miet;

import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.Test;
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
class MietReferenceTest {

  private static final ViTConfig SIZE = new ViTConfig(8, 4, 3, 16, 4, 2, 24, 1e-6, Pooling.CLS);

  private final Fixture fixture = Fixture.read(MietReferenceTest.class, "miet.txt");

  @ParameterizedTest
  @ValueSource(strings = {"default", "early", "two-heads", "sum"})
  void representationsAreTheReferences(String variant) {
    try (Trial trial = trial(variant)) {
      ReferenceChecks.representationsAreTheReferences(fixture, variant, trial);
    }
  }

  @Test
  void trainingFollowsTheReference() {
    try (Trial trial = trial("default")) {
      ReferenceChecks.trainingFollowsTheReference(fixture, "default", trial);
    }
  }

  private Trial trial(String variant) {
    String options =
        switch (variant) {
          case "early" -> ",gather=2";
          case "two-heads" -> ",heads=2,scale=0.5";
          case "sum" -> ",mean=false";
          default -> "";
        };
    NDManager manager = NDManager.newBaseManager();
    VisionTransformer backbone = new VisionTransformer(SIZE);
    fixture.load(backbone, manager, "backbone.");
    Subject<MietConfig> subject = Subject.of(new MietMethod(), "zero-init=true" + options);
    Trial trial = Trial.attach(subject, backbone, manager);
    fixture.load(trial.learner().body(), manager, "side.");
    fixture.load(trial.learner().head(), manager, "head.");
    return trial;
  }
}
