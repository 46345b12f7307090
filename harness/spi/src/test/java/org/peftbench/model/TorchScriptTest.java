package org.peftbench.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.training.GradientCollector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TorchScriptTest {

  private static final String CUBE =
      """
        def cube(self: __torch__.M, x: Tensor) -> Tensor:
          return x * x * x
        def sum(self: __torch__.M, x: List[Tensor], y: Tensor) -> Tensor:
          return x[0] + x[1] + y
        def grow(self: __torch__.M, x: Tensor) -> List[Tensor]:
          _0 = torch.add_(x, 1)
          return annotate(List[Tensor], [])
      """;

  @Test
  void functionsAreCalledByName() {
    TorchScript script = TorchScript.compile(CUBE);
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray x = manager.create(new float[] {2, 3});
      NDArray y = script.call("cube", new NDList(x)).singletonOrThrow();
      assertArrayEquals(new float[] {8, 27}, y.toFloatArray());
      NDArray one = manager.create(new float[] {1, 1});
      one.setName("x[]");
      x.setName("x[]");
      NDArray sum = script.call("sum", new NDList(one, x, y)).singletonOrThrow();
      assertArrayEquals(new float[] {11, 31}, sum.toFloatArray());
    }
  }

  @Test
  void gradientsPassThrough() {
    TorchScript script = TorchScript.compile(CUBE);
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray x = manager.create(new float[] {2, 3});
      x.setRequiresGradient(true);
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        collector.backward(script.call("cube", new NDList(x)).singletonOrThrow().sum());
      }
      assertArrayEquals(new float[] {12, 27}, x.getGradient().toFloatArray());
    }
  }

  @Test
  void callsLeaveTheirResultsAlone() {
    TorchScript script = TorchScript.compile(CUBE);
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray x = manager.create(new float[] {2, 3});
      script.call("cube", new NDList(x));
      assertEquals(2, manager.getManagedArrays().size());
    }
  }

  @Test
  void callsMakeNoArraysButTheirResults() {
    TorchScript script = TorchScript.compile(CUBE);
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray x = manager.create(new float[] {2, 3});
      manager.cap(); // from here on it refuses arrays
      assertEquals(0, script.call("grow", new NDList(x)).size());
      assertArrayEquals(new float[] {3, 4}, x.toFloatArray());
    }
  }

  @Test
  void functionsOutliveTheScopeTheyWereFirstCalledIn() {
    TorchScript script = TorchScript.compile(CUBE);
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray x = manager.create(new float[] {2, 3});
      for (int i = 0; i < 2; i++) {
        try (NDScope scope = Part.scope()) {
          NDArray y = script.call("cube", new NDList(x)).singletonOrThrow();
          assertArrayEquals(new float[] {8, 27}, y.toFloatArray());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "  def f(self: __torch__.M, x: Tensor) -> Tensor:\n    return torch.nothing(x)\n",
        "  def f(self: __torch__.M, x: Tensor) -> Tensor\n    return x\n",
        "  def f(self: __torch__.M, x: Tensor) -> Tensor:\n    return y\n"
      })
  void sourcesPyTorchDoesNotAcceptAreRefused(String source) {
    Exception e = assertThrows(IllegalArgumentException.class, () -> TorchScript.compile(source));
    assertTrue(String.valueOf(e.getMessage()).contains(source), e::getMessage);
  }
}
