package org.peftbench.methods.losa;

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
class LosaReferenceTest {

  private static final ViTConfig SIZE = new ViTConfig(8, 4, 3, 16, 4, 2, 24, 1e-6, Pooling.CLS);

  private final Fixture fixture = Fixture.read(LosaReferenceTest.class, "losa.txt");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "default", "biased", "channel", "token", "chained", "strided", "zero", "video", "clip"
      })
  void representationsAreTheReferences(String variant) {
    try (Trial trial = trial(variant)) {
      ReferenceChecks.representationsAreTheReferences(fixture, variant, trial);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"default", "video", "clip"})
  void trainingFollowsTheReference(String variant) {
    try (Trial trial = trial(variant)) {
      ReferenceChecks.trainingFollowsTheReference(fixture, variant, trial);
    }
  }

  private Trial trial(String variant) {
    NDManager manager = NDManager.newBaseManager();
    boolean clip = variant.equals("clip");
    VisionTransformer backbone = new VisionTransformer(clip ? SIZE.withFrames(2) : SIZE);
    fixture.load(backbone, manager, "backbone.");
    String common = "rank=3,zero-init=false,";
    Subject<LosaConfig> subject = Subject.of(new LosaMethod(), common + options(variant));
    Trial trial = Trial.attach(subject, backbone, manager);
    boolean own = clip || variant.equals("video");
    fixture.load(trial.learner().body(), manager, own ? variant + "." : "side.");
    fixture.load(trial.learner().head(), manager, "head.");
    return trial;
  }

  private static String options(String variant) {
    return switch (variant) {
      case "default" -> "bias=false";
      case "channel", "token" -> "bias=true,mixers=" + variant;
      case "chained" -> "bias=true,skip=false,scale=0.5";
      case "strided" -> "bias=true,stride=3,start=embedding";
      case "zero" -> "bias=true,start=zero";
      case "video" -> "bias=true,frames=2";
      default -> "bias=true";
    };
  }
}
