package org.peftbench.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.peftbench.model.ViTConfig.Pooling;

class VisionTransformerTest {

  private final NDManager manager = NDManager.newBaseManager();

  @AfterEach
  void free() {
    manager.close();
  }

  @Test
  void meanPoolingLeavesTheClassTokenOut() {
    ViTConfig config = Small.config(2, Pooling.MEAN);
    VisionTransformer transformer = Small.transformer(manager, config);
    NDArray tokens = Small.drawn(manager, 0, 2, config.tokens(), config.width());
    NDArray normed = transformer.part("norm").forward(tokens, false);
    NDArray sum = manager.zeros(new Shape(2, config.width()));
    for (int i = 1; i < config.tokens(); i++) {
      sum = sum.add(normed.get(":, " + i));
    }
    NDArray expected = sum.div(config.tokens() - 1);
    assertTrue(Small.maxDifference(expected, transformer.represent(tokens, false)) < 1e-6);
  }

  @Test
  void classPoolingIsTheFirstTokenOfTheNormedMap() {
    ViTConfig config = Small.config(2, Pooling.CLS);
    VisionTransformer transformer = Small.transformer(manager, config);
    NDArray tokens = Small.drawn(manager, 0, 2, config.tokens(), config.width());
    NDArray normed = transformer.part("norm").forward(tokens, false);
    assertTrue(
        Small.maxDifference(normed.get(":, 0"), transformer.represent(tokens, false)) < 1e-6);
  }

  @Test
  void aBlockMayPassItsInputOn() {
    VisionTransformer transformer = Small.transformer(manager, Small.config(2, Pooling.CLS));
    transformer.wrap("blocks.*", block -> new Identity());
    NDArray images = Small.images(manager, 2);
    NDArray embedded = transformer.taps(images, List.of(Tap.block(0))).singletonOrThrow();
    assertEquals(
        0,
        Small.maxDifference(
            transformer.represent(embedded, false), transformer.forward(images, false)));
  }

  /** Passes its input on and keeps the largest number of arrays it has seen alive. */
  private static final class Census extends Part {

    private final NDManager manager;
    private int most;

    Census(NDManager manager, Part base) {
      this.manager = manager;
      add("base", base);
    }

    @Override
    public NDArray forward(NDArray x, boolean training) {
      NDArray y = part("base").forward(x, training);
      most = Math.max(most, manager.getManagedArrays().size());
      return y;
    }
  }

  @Test
  void aForwardPassHoldsNoMoreArraysInADeeperTransformer() {
    List<Tap> none = List.of();
    assertEquals(mostAlive(2, none), mostAlive(8, none));
    assertEquals(mostAlive(2, List.of(Tap.sum(2))), mostAlive(8, List.of(Tap.sum(8))));
    // What is pooled of a sum that ends early is all that is left of it.
    assertEquals(
        mostAlive(8, List.of(Tap.sum(1).pooled(2), Tap.block(8))),
        mostAlive(8, List.of(Tap.block(1).pooled(2), Tap.block(8))));
    // The census can tell: each tap that is kept is one array more.
    List<Tap> two = List.of(Tap.block(0), Tap.block(1), Tap.block(8));
    assertEquals(mostAlive(8, List.of(Tap.block(8))) + 2, mostAlive(8, two));
  }

  /** The most arrays alive at once during a pass, beyond parameters and images. */
  private static int mostAlive(int depth, List<Tap> taps) {
    try (NDManager manager = NDManager.newBaseManager();
        NDScope scope = Part.scope()) {
      VisionTransformer transformer = Small.transformer(manager, Small.config(depth, Pooling.CLS));
      NDArray images = Small.images(manager, 2);
      Census[] census = new Census[depth];
      for (int i = 0; i < depth; i++) {
        int block = i;
        transformer.wrap(
            "blocks." + i + ".mlp.fc2", fc2 -> census[block] = new Census(manager, fc2));
      }
      int before = manager.getManagedArrays().size();
      if (taps.isEmpty()) {
        transformer.forward(images, false);
      } else {
        transformer.taps(images, taps);
      }
      int most = 0;
      for (Census one : census) {
        most = Math.max(most, one.most);
      }
      assertTrue(most > before, "the census saw nothing");
      return most - before;
    }
  }
}
