package org.peftbench.compute;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.training.GradientCollector;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.peftbench.model.LinearMap;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;

/** Against products counted by hand. */
class FlopCountTest {

  @Test
  void productsCountTwoForEachMultiplicationForwardAndBackward() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray x = manager.ones(new Shape(10, 8));
      NDArray weight = manager.ones(new Shape(8, 16));
      weight.setRequiresGradient(true);
      assertEquals(flops(2 * 10 * 8 * 16), count(() -> x.matMul(weight)));
      assertEquals(
          flops(2 * 2 * 10 * 8 * 16), // and the weight's gradient; x needs none
          count(
              () -> {
                try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
                  gradients.backward(x.matMul(weight).sum());
                }
              }));
      NDArray many = manager.ones(new Shape(3, 10, 8));
      NDArray others = manager.ones(new Shape(3, 8, 5));
      assertEquals(flops(2 * 3 * 10 * 8 * 5), count(() -> many.batchMatMul(others)));
    }
  }

  @Test
  void aConvolutionsOutputIsFoundInWhatFollows() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray images = manager.ones(new Shape(2, 3, 8, 8));
      NDArray weight = manager.ones(new Shape(5, 3, 3, 3));
      Shape one = new Shape(1, 1);
      assertEquals(
          flops(2 * (2 * 5 * 8 * 8) * (3 * 3 * 3)),
          count(
              () ->
                  Conv2d.conv2d(images, weight, null, one, one).singletonOrThrow().reshape(2, -1)));
      assertEquals(Optional.empty(), count(() -> Conv2d.conv2d(images, weight, null, one, one)));
    }
  }

  @Test
  void aLinearMapsGradientsCountWhereTheyAreWanted() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray x = manager.ones(new Shape(300, 80));
      NDArray weight = manager.ones(new Shape(16, 80));
      long once = 2 * 300 * 80 * 16;
      assertEquals(flops(once), count(() -> LinearMap.apply(x, weight)));
      weight.setRequiresGradient(true);
      assertEquals(flops(2 * once), count(() -> differentiated(x, weight)));
      x.setRequiresGradient(true);
      assertEquals(flops(3 * once), count(() -> differentiated(x, weight)));
      weight.setRequiresGradient(false);
      assertEquals(flops(2 * once), count(() -> differentiated(x, weight)));
    }
  }

  private static void differentiated(NDArray x, NDArray weight) {
    try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
      gradients.backward(LinearMap.apply(x, weight).sum());
    }
  }

  /** Per block 12 D^2 for each token and twice N D for each pair of tokens; and the patches. */
  @Test
  void aTransformersAreThoseOfItsFormula() {
    try (NDManager manager = NDManager.newBaseManager()) {
      ViTConfig config = ViTConfig.named("vit-pocket");
      VisionTransformer transformer = new VisionTransformer(config);
      transformer.initialize(manager, 0);
      NDArray image = manager.zeros(new Shape(1, 3, 64, 64));
      long width = config.width();
      long tokens = config.tokens();
      long block = 12 * width * width * tokens + 2 * tokens * tokens * width;
      long patches = (tokens - 1) * 3 * 8 * 8 * width;
      assertEquals(
          flops(2 * (config.depth() * block + patches)),
          count(() -> transformer.forward(image, false)));
    }
  }

  @Test
  void whatRunsWithinACountedProductIsNotCountedAgain() {
    List<Long> row = List.of(1L, 8L);
    List<Long> matrix = List.of(8L, 16L);
    Operator outer = new Operator("aten::addmm", 0, 10, List.of(List.of(16L), row, matrix));
    Operator within = new Operator("aten::mm", 2, 8, List.of(row, matrix));
    Operator after = new Operator("aten::mm", 10, 12, List.of(row, matrix));
    assertEquals(flops(2 * (2 * 8 * 16)), FlopCount.of(List.of(outer, within, after)));
  }

  @Test
  void elementwiseWorkIsLeftOut() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray x = manager.ones(new Shape(4, 4));
      assertEquals(flops(0), count(() -> x.add(x).exp().softmax(1)));
    }
  }

  private static Optional<Long> flops(long count) {
    return Optional.of(count);
  }

  private static Optional<Long> count(Runnable work) {
    List<Operator> log = OperatorLog.of(work);
    return FlopCount.of(log);
  }
}
