package org.peftbench.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.peftbench.model.Init;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.ViTConfig.Pooling;

class ReadoutTest {

  /** Pooling before the projection gives what pooling after it gives. */
  @ParameterizedTest
  @EnumSource
  void poolsAsTheBackboneDoes(Pooling pooling) {
    ViTConfig narrow = new ViTConfig(8, 4, 3, 6, 2, 2, 12, 1e-6, pooling);
    try (NDManager manager = NDManager.newBaseManager()) {
      Readout readout = new Readout(narrow, 10, Init.normal(1), true);
      readout.initialize(manager, 1);
      assertEquals(readout.values(), Readout.values(narrow, 10, true));
      NDArray tokens = manager.randomNormal(new Shape(3, 5, 6));
      NDArray normed = readout.part("norm").forward(tokens, false);
      NDArray all = readout.part("up").forward(normed, false);
      NDArray expected =
          pooling == Pooling.CLS
              ? all.get(new NDIndex(":, 0"))
              : all.get(new NDIndex(":, 1:")).mean(new int[] {1});
      assertArrayEquals(
          expected.toFloatArray(), readout.forward(tokens, false).toFloatArray(), 1e-5f);
    }
  }
}
