package org.peftbench.model;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import org.junit.jupiter.api.Test;

class FusedAttentionTest {

  private interface Formula {
    NDArray apply(NDArray q, NDArray k, NDArray v);
  }

  @Test
  void valuesAndGradientsAreThoseOfThePlainFormula() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDList fused = run(manager, FusedAttention::apply);
      NDList plain = run(manager, FusedAttentionTest::plain);
      for (int i = 0; i < plain.size(); i++) {
        assertTrue(Small.maxDifference(plain.get(i), fused.get(i)) < 1e-5, "array " + i);
        assertTrue(plain.get(i).abs().max().getFloat() > 0.01, "array " + i + " says nothing");
      }
    }
  }

  private static NDArray plain(NDArray q, NDArray k, NDArray v) {
    double scale = 1 / Math.sqrt((double) q.getShape().get(3));
    return q.matMul(k.transpose(0, 1, 3, 2)).mul(scale).softmax(-1).matMul(v);
  }

  /** The result, and the gradients of q, k and v for a drawn direction. */
  private static NDList run(NDManager manager, Formula formula) {
    NDArray q = Small.drawn(manager, 1, 2, 3, 5, 4);
    NDArray k = Small.drawn(manager, 2, 2, 3, 7, 4);
    NDArray v = Small.drawn(manager, 3, 2, 3, 7, 4);
    NDArray direction = Small.drawn(manager, 4, 2, 3, 5, 4);
    new NDList(q, k, v).forEach(array -> array.setRequiresGradient(true));
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray result = formula.apply(q, k, v);
      collector.backward(result.mul(direction).sum());
      return new NDList(result.stopGradient(), q.getGradient(), k.getGradient(), v.getGradient());
    }
  }
}
