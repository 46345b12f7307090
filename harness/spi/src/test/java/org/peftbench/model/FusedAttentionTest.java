package org.peftbench.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FusedAttentionTest {

  private interface Formula {
    NDArray apply(NDArray q, NDArray k, NDArray v);
  }

  /** 8 divides one of them; the others are filled up with zeros, as LAST's 10 is. */
  @ParameterizedTest
  @ValueSource(ints = {1, 4, 8, 10, 12})
  void valuesAndGradientsAreThoseOfThePlainFormula(int dimension) {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDList fused = run(manager, dimension, FusedAttention::apply);
      assertEqual(run(manager, dimension, FusedAttentionTest::plain), fused, 1e-5);
    }
  }

  @Test
  void headsAttendEachOnItsPart() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray qkv = Small.drawn(manager, 1, 2, 5, 3 * 12);
      NDArray split = qkv.reshape(2, 5, 3, 4, 3).transpose(2, 0, 3, 1, 4); // (3, B, H, N, D/H)
      NDArray expected =
          plain(split.get(0), split.get(1), split.get(2)).transpose(0, 2, 1, 3).reshape(2, 5, 12);
      assertEqual(new NDList(expected), new NDList(FusedAttention.multihead(qkv, 4)), 1e-5);
    }
  }

  private static void assertEqual(NDList expected, NDList actual, double tolerance) {
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i).getShape(), actual.get(i).getShape(), "array " + i);
      double difference = Small.maxDifference(expected.get(i), actual.get(i));
      assertTrue(difference < tolerance, "array " + i + " is off by " + difference);
      assertTrue(expected.get(i).abs().max().getFloat() > 0.01, "array " + i + " says nothing");
    }
  }

  private static NDArray plain(NDArray q, NDArray k, NDArray v) {
    double scale = 1 / Math.sqrt((double) q.getShape().get(3));
    return q.matMul(k.transpose(0, 1, 3, 2)).mul(scale).softmax(-1).matMul(v);
  }

  /** The result, and the gradients of q, k and v for a drawn direction. */
  private static NDList run(NDManager manager, int dimension, Formula formula) {
    NDArray q = Small.drawn(manager, 1, 2, 3, 5, dimension);
    NDArray k = Small.drawn(manager, 2, 2, 3, 7, dimension);
    NDArray v = Small.drawn(manager, 3, 2, 3, 7, dimension);
    NDArray direction = Small.drawn(manager, 4, 2, 3, 5, dimension);
    new NDList(q, k, v).forEach(array -> array.setRequiresGradient(true));
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray result = formula.apply(q, k, v);
      collector.backward(result.mul(direction).sum());
      return new NDList(result.stopGradient(), q.getGradient(), k.getGradient(), v.getGradient());
    }
  }
}
