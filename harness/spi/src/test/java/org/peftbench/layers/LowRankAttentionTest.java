package org.peftbench.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.training.GradientCollector;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peftbench.model.Init;
import org.peftbench.model.Part.Leaves;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.ViTConfig.Pooling;
import org.peftbench.training.Autocast;

class LowRankAttentionTest {

  private static final int BATCH = 2;
  private static final int TOKENS = 5;
  private static final int WIDTH = 32;
  private static final ViTConfig SIZE = new ViTConfig(16, 8, 3, WIDTH, 2, 2, 64, 1e-6, Pooling.CLS);

  private interface Formula {
    NDArray apply(NDArray x, Map<String, NDArray> values);
  }

  @ParameterizedTest
  @CsvSource({
    "10, 1, 1, true, 5",
    "6, 2, 1, true, 5",
    "4, 1, 0.5, false, 5",
    "8, 2, 0.5, true, 1",
    "3, 1, 1, false, 1",
  })
  void valuesAndGradientsAreThoseOfThePlainFormula(
      int rank, int heads, double scale, boolean bias, int tokens) {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray x = drawn(manager, 7);
      LowRankAttention module = module(manager, rank, heads, scale, bias);
      NDList plain = run(module, x, tokens, plain(heads, scale, tokens));
      NDList fused = run(module, x, tokens, (in, values) -> module.forward(in, tokens));
      assertEqual(plain, fused, 1e-5);
    }
  }

  /** As in vision transformers, where one channel may be a hundred times larger than the others. */
  @Test
  void aTokenWithAnOutlyingChannelAndAMeanIsNormalisedAsExactly() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray x = drawn(manager, 7).add(1);
      x.set(new NDIndex(":, :, 3"), x.get(":, :, 3").add(100));
      LowRankAttention module = module(manager, 10, 1, 1, true);
      NDList plain = run(module, x, TOKENS, plain(1, 1, TOKENS));
      NDList fused = run(module, x, TOKENS, (in, values) -> module.forward(in, TOKENS));
      assertEqual(plain, fused, 1e-5);
    }
  }

  @Test
  void tokensWithoutVarianceHaveFiniteValuesAndGradients() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray x = manager.full(new Shape(BATCH, TOKENS, WIDTH), 1000.1f);
      x.set(new NDIndex(":, 0"), 0);
      LowRankAttention module = module(manager, 10, 1, 1, true);
      run(module, x, TOKENS, (in, values) -> module.forward(in, TOKENS))
          .forEach(array -> assertEquals(0, array.isNaN().any().getBoolean() ? 1 : 0));
    }
  }

  /** What is normalised before it is lowered loses less: bfloat16 has eight bits. */
  @Test
  void underAutocastTheNormAndTheSumStayInFloat32() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray x = drawn(manager, 7).add(30);
      LowRankAttention module = module(manager, 8, 1, 1, true);
      NDList exact = run(module, x, TOKENS, plain(1, 1, TOKENS));
      NDList lowered =
          run(
              module,
              x,
              TOKENS,
              (in, values) -> {
                try (Autocast cast = Autocast.open(Device.cpu(), true)) {
                  return module.forward(in, TOKENS);
                }
              });
      double difference = relative(exact.get(0).sub(x), lowered.get(0).sub(x));
      assertTrue(difference > 1e-4 && difference < 0.02, "off by " + difference);
    }
  }

  private static LowRankAttention module(
      NDManager manager, int rank, int heads, double scale, boolean bias) {
    LowRankAttention module =
        new LowRankAttention(SIZE, rank, heads, scale, Init.xavierUniform(), bias);
    module
        .namedParameters()
        .forEach(
            (name, parameter) -> {
              Random random = new Random(name.hashCode());
              module.load(name, manager, Init.normal(0.5).values(parameter.getShape(), random));
            });
    return module;
  }

  private static NDArray drawn(NDManager manager, long seed) {
    Shape shape = new Shape(BATCH, TOKENS, WIDTH);
    return manager.create(Init.normal(1).values(shape, new Random(seed)), shape);
  }

  private static Formula plain(int heads, double scale, int tokens) {
    return (x, values) -> {
      NDArray normed =
          LayerNorm.layerNorm(
                  x,
                  new Shape(WIDTH),
                  values.get("norm.weight"),
                  values.get("norm.bias"),
                  (float) SIZE.layerNormEps())
              .singletonOrThrow();
      NDArray weight = Objects.requireNonNull(values.get("qkv.weight"));
      long rank = weight.getShape().get(0) / 3;
      NDArray qkv =
          normed
              .reshape((long) BATCH * TOKENS, WIDTH)
              .matMul(weight.transpose())
              .reshape(BATCH, TOKENS, 3, heads, rank / heads)
              .transpose(2, 0, 3, 1, 4);
      NDArray weights =
          qkv.get(0)
              .matMul(qkv.get(1).transpose(0, 1, 3, 2))
              .mul(1 / Math.sqrt((double) rank / heads))
              .softmax(-1);
      NDArray attended =
          weights.matMul(qkv.get(2)).transpose(0, 2, 1, 3).reshape((long) BATCH * TOKENS, rank);
      NDArray up = Objects.requireNonNull(values.get("up.weight"));
      NDArray increment = attended.matMul(up.transpose()).reshape(BATCH, TOKENS, WIDTH);
      NDArray bias = values.get("up.bias");
      NDArray y = x.add((bias == null ? increment : increment.add(bias)).mul(scale));
      return y.get(new NDIndex(":, 0:" + tokens));
    };
  }

  /** The result, and the gradients of the input and of every value for a drawn direction. */
  private static NDList run(LowRankAttention module, NDArray input, int tokens, Formula formula) {
    NDArray x = input.duplicate();
    x.setRequiresGradient(true);
    try (Leaves leaves = module.openLeaves();
        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray result = formula.apply(x, leaves.byName());
      NDArray direction = drawn(input.getManager(), 8).get(new NDIndex(":, 0:" + tokens));
      collector.backward(result.mul(direction).sum());
      NDList all = new NDList(result.stopGradient().duplicate(), x.getGradient().duplicate());
      leaves.byName().values().forEach(leaf -> all.add(leaf.getGradient().duplicate()));
      return all;
    }
  }

  private static void assertEqual(NDList expected, NDList actual, double tolerance) {
    assertEquals(expected.size(), actual.size());
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i).getShape(), actual.get(i).getShape(), "array " + i);
      double difference = relative(expected.get(i), actual.get(i));
      assertTrue(difference < tolerance, "array " + i + " is off by " + difference);
      assertTrue(expected.get(i).abs().max().getFloat() > 0.01, "array " + i + " says nothing");
    }
  }

  private static double relative(NDArray expected, NDArray actual) {
    return expected.sub(actual).abs().max().getFloat() / expected.abs().max().getFloat();
  }
}
