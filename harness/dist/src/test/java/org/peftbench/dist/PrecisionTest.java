package org.peftbench.dist;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.peftbench.cell.MethodChoice;
import org.peftbench.model.Init;
import org.peftbench.model.Part;
import org.peftbench.model.Precision;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.plan.Methods;
import org.peftbench.plugin.MethodDescription;
import org.peftbench.plugin.MethodRegistry;
import org.peftbench.training.AdamW;
import org.peftbench.training.Learner;

/** Every method trains in every precision, close to float32. */
class PrecisionTest {

  private static final int CLASSES = 5;
  private static final int STEPS = 4;
  private static final ViTConfig CONFIG =
      new ViTConfig(32, 8, 3, 48, 4, 4, 96, 1e-6, ViTConfig.Pooling.CLS);

  static Stream<String> methods() {
    return MethodRegistry.builtIn().describe().stream().map(MethodDescription::id);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void lossesAreCloseToThoseOfFloat32(String method) {
    List<Float> exact = losses(method, Precision.FLOAT32);
    for (Precision precision : List.of(Precision.MIXED, Precision.BFLOAT16)) {
      List<Float> low = losses(method, precision);
      assertNotEquals(exact, low, precision + " computes otherwise");
      for (int step = 0; step < STEPS; step++) {
        assertEquals(exact.get(step), low.get(step), 0.05, precision + ", step " + step);
      }
    }
  }

  /** Autocast lowers a frozen weight at each use to what is held of it here. */
  @Test
  void heldInBfloat16TheFrozenBackboneComputesTheSame() {
    try (NDManager manager = NDManager.newBaseManager()) {
      float[] cast = logits(learner(manager, "linear", Precision.MIXED).in(Precision.BFLOAT16));
      Learner held = learner(manager, "linear", Precision.BFLOAT16);
      assertArrayEquals(cast, logits(held));
      Parameter weight = held.backbone().parameter("blocks.0.attn.qkv.weight");
      assertNotEquals(DataType.FLOAT32, weight.getArray().getDataType());
      Parameter norm = held.backbone().parameter("blocks.0.norm1.weight");
      assertEquals(DataType.FLOAT32, norm.getArray().getDataType());
    }
  }

  private static float[] logits(Learner learner) {
    try (NDManager manager = NDManager.newBaseManager();
        NDScope scope = Part.scope()) {
      return learner.logits(learner.inputs(images(manager)), false).toFloatArray();
    }
  }

  private static List<Float> losses(String method, Precision precision) {
    List<Float> losses = new ArrayList<>();
    try (NDManager manager = NDManager.newBaseManager();
        AdamW optimizer = new AdamW(manager, 0)) {
      Learner learner = learner(manager, method, precision);
      Engine.getInstance().setRandomSeed(0); // of dropout
      NDArray images = images(manager);
      NDArray labels = manager.create(new long[] {0, 1, 2, 3});
      for (int step = 0; step < STEPS; step++) {
        try (NDScope scope = Part.scope()) {
          NDList inputs = learner.inputs(images);
          losses.add(learner.step(inputs, labels, leaves -> optimizer.update(leaves, 1e-3)));
        }
      }
      learner
          .trained()
          .namedParameters()
          .forEach(
              (name, parameter) -> {
                if (parameter.requiresGradient()) {
                  assertEquals(DataType.FLOAT32, parameter.getArray().getDataType(), name);
                }
              });
    }
    return losses;
  }

  private static Learner learner(NDManager manager, String method, Precision precision) {
    VisionTransformer backbone = new VisionTransformer(CONFIG);
    backbone.initialize(manager, 0);
    MethodChoice choice = new Methods(Optional::empty).resolve(method, CONFIG).get(0).choice();
    Learner learner = MethodRegistry.builtIn().bind(choice).attach(backbone, CLASSES).in(precision);
    learner.initialize(manager, 0);
    return learner;
  }

  private static NDArray images(NDManager manager) {
    Shape shape = new Shape(4, 3, 32, 32);
    return manager.create(Init.normal(1).values(shape, new Random(1)), shape);
  }
}
