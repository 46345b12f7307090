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

  /** Of 4 x 4 patches. */
  private static final ViTConfig LARGER = SIZE.withImageSize(16);

  private final Fixture fixture = Fixture.read(MietReferenceTest.class, "miet.txt");
  private final Fixture pooled = Fixture.read(MietReferenceTest.class, "pooled.txt");

  @ParameterizedTest
  @ValueSource(strings = {"default", "early", "two-heads", "sum", "some", "late-sum"})
  void representationsAreTheReferences(String variant) {
    try (Trial trial = trial(variant)) {
      ReferenceChecks.representationsAreTheReferences(fixture, variant, trial);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"default", "mean-of-all", "mean-of-squares", "sum", "one-square"})
  void representationsOfPooledMapsAreTheReferences(String variant) {
    try (Trial trial = pooledTrial(variant)) {
      ReferenceChecks.representationsAreTheReferences(pooled, variant, trial);
    }
  }

  @Test
  void trainingFollowsTheReference() {
    try (Trial trial = trial("default")) {
      ReferenceChecks.trainingFollowsTheReference(fixture, "default", trial);
    }
  }

  @Test
  void trainingOnAPooledMapFollowsTheReference() {
    try (Trial trial = pooledTrial("default")) {
      ReferenceChecks.trainingFollowsTheReference(pooled, "default", trial);
    }
  }

  private Trial trial(String variant) {
    String options =
        switch (variant) {
          case "early" -> ",gather=2";
          case "two-heads" -> ",heads=2,scale=0.5";
          case "sum" -> ",mean=false";
          case "some" -> ",first=1,step=2";
          case "late-sum" -> ",first=2,gather=3,mean=false";
          default -> "";
        };
    return trial(fixture, SIZE, options);
  }

  private Trial pooledTrial(String variant) {
    String options =
        switch (variant) {
          case "mean-of-all" -> "";
          case "sum" -> ",pool=2,first=1,step=3,mean=false";
          case "one-square" -> ",pool=4,heads=2";
          default -> ",pool=2";
        };
    boolean mean = variant.startsWith("mean-of") || variant.equals("one-square");
    return trial(pooled, LARGER.withPooling(mean ? Pooling.MEAN : Pooling.CLS), options);
  }

  private static Trial trial(Fixture values, ViTConfig size, String options) {
    NDManager manager = NDManager.newBaseManager();
    VisionTransformer backbone = new VisionTransformer(size);
    values.load(backbone, manager, "backbone.");
    Subject<MietConfig> subject = Subject.of(new MietMethod(), "zero-init=true" + options);
    Trial trial = Trial.attach(subject, backbone, manager);
    values.load(trial.learner().body(), manager, "side.");
    values.load(trial.learner().head(), manager, "head.");
    return trial;
  }
}
