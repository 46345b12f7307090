package org.peftbench.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.peftbench.model.ViTConfig.Pooling;

class PartTest {

  private final NDManager manager = NDManager.newBaseManager();

  @AfterEach
  void free() {
    manager.close();
  }

  /** Named children, run one after the other. */
  private static final class Chain extends Part {

    Chain(Map<String, Part> parts) {
      parts.forEach(this::add);
    }

    @Override
    public NDArray forward(NDArray x, boolean training) {
      return scoped(
          () -> {
            NDArray y = x;
            for (Part part : namedParts().values()) {
              y = part.forward(y, training);
            }
            return y;
          });
    }
  }

  private static Linear linear() {
    return new Linear(3, 3, Init.normal(1));
  }

  private static VisionTransformer transformer() {
    return new VisionTransformer(Small.config(2, Pooling.CLS));
  }

  private static float[] values(Part part, String name) {
    return array(part, name).toFloatArray();
  }

  private static NDArray array(Part part, String name) {
    return part.parameter(name).getArray();
  }

  private static void assertRefused(String reason, Runnable call) {
    Exception e = assertThrows(IllegalArgumentException.class, call::run);
    assertTrue(String.valueOf(e.getMessage()).startsWith(reason), e::getMessage);
  }

  @Test
  void firstValuesDependOnSeedAndNameAlone() {
    Part alone = new Chain(Map.of("x", linear()));
    Part among = new Chain(Map.of("x", linear(), "y", linear()));
    Part other = new Chain(Map.of("x", linear()));
    alone.initialize(manager, 5);
    among.initialize(manager, 5);
    other.initialize(manager, 6);
    assertArrayEquals(values(alone, "x.weight"), values(among, "x.weight"));
    assertFalse(Arrays.equals(values(among, "x.weight"), values(among, "y.weight")));
    assertFalse(Arrays.equals(values(alone, "x.weight"), values(other, "x.weight")));
  }

  @Test
  void loadedValuesAreNotDrawnAgain() {
    Linear linear = linear();
    linear.load("bias", manager, new float[] {1, 2, 3});
    linear.initialize(manager, 0);
    assertArrayEquals(new float[] {1, 2, 3}, values(linear, "bias"));
  }

  @Test
  void loadedValuesOutliveTheScopeTheyAreLoadedIn() {
    Linear linear = linear();
    try (NDScope scope = Part.scope()) {
      linear.initialize(manager, 0);
    }
    assertEquals(9, values(linear, "weight").length);
    assertEquals(2, manager.getManagedArrays().size());
  }

  @Test
  void loadingFreesTheValuesBefore() {
    Linear linear = linear();
    linear.initialize(manager, 0);
    linear.load("bias", manager, new float[3]);
    assertEquals(2, manager.getManagedArrays().size());
  }

  @Test
  void valuesOfAnotherSizeAreRefused() {
    assertRefused(
        "bias has shape (3), not 2 values", () -> linear().load("bias", manager, new float[2]));
  }

  @Test
  void unknownParametersAndPartsAreNamed() {
    assertRefused(
        "no parameter 'gain'; there are [weight, bias]",
        () -> linear().load("gain", manager, new float[3]));
    assertRefused(
        "no part 'blocks.7.attn'; blocks has [0, 1]", () -> transformer().part("blocks.7.attn"));
  }

  @Test
  void aParameterIsFoundByItsDottedName() {
    VisionTransformer transformer = transformer();
    assertSame(
        transformer.namedParameters().get("blocks.1.attn.qkv.bias"),
        transformer.parameter("blocks.1.attn.qkv.bias"));
    assertSame(transformer.namedParameters().get("cls_token"), transformer.parameter("cls_token"));
  }

  @Test
  void dropoutIsForTrainingAlone() {
    NDArray x = manager.ones(new Shape(1000));
    assertSame(x, Part.dropout(x, 0.75, false));
    assertSame(x, Part.dropout(x, 0, true));
    for (float value : Part.dropout(x, 0.75, true).toFloatArray()) {
      assertTrue(value == 0 || value == 4, () -> "value " + value);
    }
  }

  @Test
  void childrenNeedAFreshPlainName() {
    assertRefused("a part cannot be added as 'a.b'", () -> new Chain(Map.of("a.b", linear())));
    assertRefused("a part cannot be added as ''", () -> new Chain(Map.of("", linear())));
    Chain chain = new Chain(Map.of("x", linear()));
    assertRefused("a part cannot be added as 'x'", () -> chain.add("x", linear()));
  }

  @Test
  void wrappingPutsAPartInThePlaceOfEachMatch() {
    VisionTransformer transformer = transformer();
    Part original = transformer.part("blocks.1.attn.qkv");
    List<Part> wrapped = new ArrayList<>();
    transformer.wrap(
        "blocks.*.attn.qkv",
        part -> {
          wrapped.add(part);
          return new Chain(Map.of("base", part));
        });
    assertEquals(2, wrapped.size());
    assertSame(original, transformer.part("blocks.1.attn.qkv.base"));
    assertTrue(transformer.namedParameters().containsKey("blocks.0.attn.qkv.base.weight"));
    assertFalse(transformer.namedParameters().containsKey("blocks.0.attn.qkv.weight"));
    assertEquals(0, transformer.trainableValues());
  }

  @Test
  void wrappingNothingIsRefused() {
    assertRefused(
        "no part fits 'blocks.*.attention'; parts are [patch_embed",
        () -> transformer().wrap("blocks.*.attention", part -> part));
  }

  @Test
  void unfreezingNothingIsRefused() {
    assertRefused(
        "no parameter fits 'blocks.*.bias'; parameters are [cls_token",
        () -> transformer().unfreeze("blocks.*.bias"));
  }

  @Test
  void unfreezingTrainsTheMatchesAlone() {
    VisionTransformer transformer = transformer();
    assertEquals(0, transformer.trainableValues());
    transformer.unfreeze("blocks.1.norm*.bias");
    assertEquals(2 * 12, transformer.trainableValues());
    transformer.initialize(manager, 0);
    try (Part.Leaves leaves = transformer.openLeaves()) {
      assertEquals(Set.of("blocks.1.norm1.bias", "blocks.1.norm2.bias"), leaves.byName().keySet());
    }
  }

  @Test
  void aStepsLeavesGatherGradientsAndNothingDoesOutside() {
    Linear linear = linear();
    linear.initialize(manager, 0);
    linear.unfreeze("**");
    NDArray x = Small.drawn(manager, 0, 2, 3);
    try (GradientCollector collector = Engine.getInstance().newGradientCollector();
        NDScope scope = Part.scope()) {
      try (Part.Leaves leaves = linear.openLeaves()) {
        collector.backward(linear.forward(x, true).sum());
        assertArrayEquals(
            new float[] {2, 2, 2},
            Objects.requireNonNull(leaves.byName().get("bias")).getGradient().toFloatArray());
      }
      NDArray outside = linear.forward(x, false).sum();
      assertThrows(EngineException.class, () -> collector.backward(outside));
    }
    assertEquals(3, manager.getManagedArrays().size());
  }

  @Test
  void aFactorIsInTheGradientAndMakesNoArrayOfItsOwn() {
    NDArray x = Small.drawn(manager, 0, 2, 3);
    x.setRequiresGradient(true);
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      for (int i = 0; i < 2; i++) {
        try (NDScope scope = Part.scope()) {
          NDArray tripled = Part.scaled(x, 3);
          assertArrayEquals(x.mul(3).toFloatArray(), tripled.toFloatArray());
          collector.backward(Part.scaled(tripled, 0.1).sum());
        }
      }
    }
    float[] gradient = x.getGradient().toFloatArray();
    assertArrayEquals(new float[] {.6f, .6f, .6f, .6f, .6f, .6f}, gradient, 1e-6f);
    assertSame(Part.number(3), Part.number(3));
    assertEquals(Device.cpu(), Part.number(3).getDevice());
    assertSame(x, Part.scaled(x, 1));
  }

  @Test
  void releasedPartsHoldNoArraysAndCanBeLoadedAgain() {
    Linear linear = linear();
    linear.initialize(manager, 0);
    float[] before = values(linear, "weight");
    linear.release();
    assertEquals(0, manager.getManagedArrays().size());
    assertTrue(linear.namedParameters().values().stream().noneMatch(Parameter::isInitialized));
    linear.initialize(manager, 0);
    assertArrayEquals(before, values(linear, "weight"));
  }

  @Test
  void whatAPartComputesOnTheWayIsFreed() {
    Chain chain = new Chain(Map.of("x", linear(), "y", linear(), "z", linear()));
    chain.initialize(manager, 0);
    NDArray x = Small.drawn(manager, 0, 2, 3);
    int before = manager.getManagedArrays().size();
    NDArray y = chain.forward(x, false);
    assertEquals(before + 1, manager.getManagedArrays().size());
    assertEquals(6, y.toFloatArray().length);
  }
}
