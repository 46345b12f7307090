package org.peftbench.methods.losa;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peftbench.methods.losa.LosaConfig.Mixers;
import org.peftbench.methods.losa.LosaConfig.Start;
import org.peftbench.model.Init;
import org.peftbench.model.Part.Leaves;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.ViTConfig.Pooling;
import org.peftbench.training.Autocast;

/** One call computes what the mixers compute one by one. */
class LowRankMixerTest {

  private static final ViTConfig SIZE = new ViTConfig(8, 4, 3, 12, 2, 2, 24, 1e-6, Pooling.CLS);
  private static final Shape MAP = new Shape(2, 5, 12);

  private interface Step {
    NDArray apply(NDArray y, NDArray b);
  }

  @ParameterizedTest
  @CsvSource({
    "BOTH, true, true", "BOTH, true, false", "BOTH, false, true", "BOTH, false, false",
    "CHANNEL, true, true", "CHANNEL, true, false", "TOKEN, true, true", "TOKEN, true, false"
  })
  void valuesAndGradientsAreThoseOfThePlainFormula(Mixers mixers, boolean skip, boolean bias) {
    try (NDManager manager = NDManager.newBaseManager()) {
      LowRankMixer mixer = mixer(manager, mixers, skip, bias);
      for (int tokens : new int[] {5, 1}) {
        NDIndex read = new NDIndex(":, 0:" + tokens);
        NDList plain =
            run(manager, mixer, (y, b) -> y.add(mixer.forward(b.add(y), true)).get(read));
        NDList fused = run(manager, mixer, (y, b) -> mixer.next(y, b, tokens, true));
        assertEqual(plain, fused, 1e-5);
      }
    }
  }

  @Test
  void aTapIsNotWrittenTo() {
    try (NDManager manager = NDManager.newBaseManager()) {
      LowRankMixer mixer = mixer(manager, Mixers.BOTH, true, true);
      NDArray y = drawn(manager, 1);
      float[] before = y.toFloatArray();
      try (Leaves leaves = mixer.openLeaves()) {
        mixer.next(y, drawn(manager, 2), 5, true);
      }
      mixer.next(y, drawn(manager, 2), 5, false);
      assertArrayEquals(before, y.toFloatArray());
    }
  }

  @Test
  void underAutocastTheStreamStaysInFloat32() {
    try (NDManager manager = NDManager.newBaseManager()) {
      LowRankMixer mixer = mixer(manager, Mixers.BOTH, true, true);
      NDList exact = run(manager, mixer, (y, b) -> mixer.next(y, b, 5, true));
      NDList lowered =
          run(
              manager,
              mixer,
              (y, b) -> {
                try (Autocast cast = Autocast.open(Device.cpu(), true)) {
                  NDArray far = mixer.next(y.add(1000), b.sub(1000), 5, true);
                  return far.sub(1000);
                }
              });
      double difference = relative(exact.get(0), lowered.get(0));
      assertTrue(difference > 1e-4 && difference < 0.02, "off by " + difference);
    }
  }

  private static LowRankMixer mixer(NDManager manager, Mixers mixers, boolean skip, boolean bias) {
    LosaConfig config =
        new LosaConfig(3, mixers, 1, 1, 0.5, bias, skip, false, Start.LAST_BLOCK, true);
    LowRankMixer mixer = new LowRankMixer(config, SIZE);
    mixer
        .namedParameters()
        .forEach(
            (name, parameter) -> {
              Random random = new Random(name.hashCode());
              mixer.load(name, manager, Init.normal(0.5).values(parameter.getShape(), random));
            });
    return mixer;
  }

  private static NDArray drawn(NDManager manager, long seed) {
    return manager.create(Init.normal(1).values(MAP, new Random(seed)), MAP);
  }

  /** The result, and the gradients of the stream and of every value for a drawn direction. */
  private static NDList run(NDManager manager, LowRankMixer mixer, Step step) {
    NDArray start = drawn(manager, 1);
    start.setRequiresGradient(true);
    try (Leaves leaves = mixer.openLeaves();
        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray result = step.apply(start.mul(1), drawn(manager, 2));
      NDIndex read = new NDIndex(":, 0:" + result.getShape().get(1));
      collector.backward(result.mul(drawn(manager, 3).get(read)).sum());
      NDList all = new NDList(result.stopGradient().duplicate(), start.getGradient().duplicate());
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
