package org.peftbench.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the product of matrices, for so few values that it is one, and for more. */
class LinearMapTest {

  private static final long IN = 48;
  private static final long OUT = 10;
  private static final float TOLERANCE = 2e-4f;

  @ParameterizedTest
  @CsvSource({"3,5,true,true", "4,199,true,true", "4,199,false,true", "4,199,true,false"})
  void valuesAndGradientsAreThoseOfTheProduct(
      long batch, long tokens, boolean inputLearns, boolean weightLearns) {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray x = random(manager, batch, tokens, IN);
      NDArray weight = random(manager, OUT, IN);
      NDArray bias = random(manager, OUT);
      NDArray other = random(manager, batch, tokens, OUT);
      x.setRequiresGradient(inputLearns);
      weight.setRequiresGradient(weightLearns);
      List<float[]> expected =
          results(x, weight, (a, w) -> a.matMul(w.transpose()).add(bias).add(other));
      List<float[]> found =
          results(x, weight, (a, w) -> LinearMap.apply(a, w, bias).addi(other)); // in place
      for (int i = 0; i < expected.size(); i++) {
        assertArrayEquals(expected.get(i), found.get(i), TOLERANCE);
      }
    }
  }

  @Test
  void inputsOfAnyShapeAndLayoutAreMapped() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray weight = random(manager, OUT, IN);
      NDArray rows = random(manager, 500, IN);
      NDArray turned = random(manager, IN, 30, 20).transpose(2, 1, 0);
      for (NDArray x : List.of(rows, turned)) {
        assertArrayEquals(
            x.matMul(weight.transpose()).toFloatArray(),
            LinearMap.apply(x, weight).toFloatArray(),
            TOLERANCE);
      }
    }
  }

  /** Thirty maps of 16 MiB in a row, and no gradient of a weight that would need them. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void whatAFrozenMapReadsIsNotKeptForItsGradient() throws IOException {
    try (NDManager manager = NDManager.newBaseManager();
        NDScope scope = Part.scope()) {
      NDArray weight = manager.eye(64);
      NDArray x = manager.ones(new Shape(1 << 16, 64));
      x.setRequiresGradient(true);
      try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
        long before = residentMiB();
        NDArray y = x;
        for (int i = 0; i < 30; i++) {
          NDArray read = y;
          y = LinearMap.apply(read, weight);
          if (read != x) {
            read.close();
          }
        }
        long kept = residentMiB() - before;
        assertTrue(kept < 150, kept + " MiB are kept");
        gradients.backward(y.sum());
      }
      NDArray ones = manager.ones(x.getShape());
      assertArrayEquals(ones.toFloatArray(), x.getGradient().toFloatArray(), TOLERANCE);
    }
  }

  /** Once the C library has given back what is free. */
  private static long residentMiB() throws IOException {
    NativeLibrary.getInstance("c").getFunction("malloc_trim").invokeInt(new Object[] {0L});
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
        .findFirst()
        .orElseThrow();
  }

  /** Values, then the gradients of those arrays that want one; of a sum that weighs the values. */
  private static List<float[]> results(NDArray x, NDArray weight, BinaryOperator<NDArray> map) {
    List<NDArray> leaves = new ArrayList<>();
    for (NDArray array : List.of(x, weight)) {
      NDArray leaf = array.stopGradient();
      leaf.setRequiresGradient(array.hasGradient());
      leaves.add(leaf);
    }
    List<float[]> results = new ArrayList<>();
    try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
      NDArray y = map.apply(leaves.get(0), leaves.get(1));
      results.add(y.toFloatArray());
      gradients.backward(y.mul(y).sum());
    }
    leaves.stream()
        .filter(NDArray::hasGradient)
        .forEach(leaf -> results.add(leaf.getGradient().toFloatArray()));
    return results;
  }

  private static NDArray random(NDManager manager, long... shape) {
    return manager.randomNormal(0, 0.2f, new Shape(shape), DataType.FLOAT32);
  }
}
