package org.peftbench.testkit;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.training.GradientCollector;
import org.peftbench.model.ViTConfig;
import org.peftbench.training.Learner;

/** Checks what a method does outside of training. */
final class EvaluationChecks {

  private EvaluationChecks() {}

  static void evaluationIsDeterministic(Subject<?> subject, ViTConfig size) {
    try (Trial trial = Trial.on(size, subject, 0)) {
      trial.train(2);
      NDArray images = TinyModels.images(trial.manager(), size, 3);
      Tensors.assertBitEqual(
          "the representation", trial.representations(images), trial.representations(images));
    }
  }

  /**
   * Outside a training step nothing asks for gradients, so that none of what evaluation computes is
   * kept for a backward pass.
   */
  static void noGraphOutsideATrainingStep(Subject<?> subject, ViTConfig size) {
    try (Trial trial = Trial.on(size, subject, 0)) {
      trial.train(1);
      NDArray images = TinyModels.images(trial.manager(), size, 2);
      // Collecting makes sure that the engine would build a graph, whatever this thread's mode.
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        Learner learner = trial.learner();
        NDArray sum = learner.represent(learner.inputs(images), false).sum();
        try {
          collector.backward(sum);
        } catch (EngineException e) {
          if (String.valueOf(e.getMessage()).contains("does not require grad")) {
            return;
          }
          throw e;
        }
        throw new AssertionError("evaluation builds a graph for a backward pass");
      }
    }
  }
}
