package org.peftbench.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.peftbench.model.ViTConfig.Pooling;

class TapTest {

  private static final int DEPTH = 3;

  private final NDManager manager = NDManager.newBaseManager();
  private final ViTConfig config = Small.config(DEPTH, Pooling.CLS);
  private final VisionTransformer transformer = Small.transformer(manager, config);
  private final NDArray images = Small.images(manager, 2);

  @AfterEach
  void free() {
    manager.close();
  }

  private NDList blocks() {
    return transformer.taps(images, IntStream.rangeClosed(0, DEPTH).mapToObj(Tap::block).toList());
  }

  @Test
  void eachBlockTakesTheTapBeforeToTheTapAfter() {
    NDList z = blocks();
    for (int i = 0; i < DEPTH; i++) {
      NDArray after = transformer.part("blocks." + i).forward(z.get(i), false);
      assertEquals(0, Small.maxDifference(z.get(i + 1), after));
    }
  }

  @Test
  void theEmbeddingIsPatchesBehindTheClassTokenPlusPositions() {
    NDArray z0 = blocks().get(0);
    NDArray position = transformer.value("pos_embed");
    NDArray cls = transformer.value("cls_token");
    NDArray patches = transformer.part("patch_embed").forward(images, false);
    assertEquals(0, Small.maxDifference(cls.add(position.get(":, 0:1")), z0.get("1:2, 0:1")));
    assertEquals(0, Small.maxDifference(patches.add(position.get(":, 1:")), z0.get(":, 1:")));
  }

  @Test
  void sumsAreTheSumsOfTheBlocks() {
    NDList z = blocks();
    NDList sums =
        transformer.taps(images, List.of(Tap.sum(3), Tap.sum(0), Tap.sum(1), Tap.block(2)));
    NDArray two = z.get(0).add(z.get(1));
    assertEquals(0, Small.maxDifference(z.get(0), sums.get(1)));
    assertEquals(0, Small.maxDifference(two, sums.get(2)));
    assertEquals(0, Small.maxDifference(z.get(2), sums.get(3)));
    assertTrue(Small.maxDifference(two.add(z.get(2)).add(z.get(3)), sums.get(0)) < 1e-5);
  }

  @Test
  void theRepresentationIsTheForwardPass() {
    NDList taps = transformer.taps(images, List.of(Tap.representation(config), Tap.block(DEPTH)));
    assertEquals(0, Small.maxDifference(transformer.forward(images, false), taps.get(0)));
    assertEquals(0, Small.maxDifference(transformer.represent(taps.get(1), false), taps.get(0)));
  }

  @Test
  void aTapHoldsAsManyValuesAsItSays() {
    for (Tap tap : List.of(Tap.block(1), Tap.sum(2), Tap.representation(config))) {
      NDArray array = transformer.taps(images, List.of(tap)).singletonOrThrow();
      assertEquals(array.size(), 2 * tap.values(config), tap.toString());
    }
  }

  @Test
  void tapsLeaveNothingElseBehind() {
    int before = manager.getManagedArrays().size();
    NDList taps =
        transformer.taps(images, List.of(Tap.block(0), Tap.sum(1), Tap.sum(3), Tap.block(2)));
    assertEquals(before + 4, manager.getManagedArrays().size());
    taps.close();
    assertEquals(before, manager.getManagedArrays().size());
  }

  @Test
  void blocksBehindTheDeepestTapAreNotRun() {
    transformer.part("blocks.2").release();
    assertEquals(2, transformer.taps(images, List.of(Tap.block(2), Tap.sum(1))).size());
  }

  @Test
  void tapsOutsideTheTransformerAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> Tap.block(-1));
    assertThrows(
        IllegalArgumentException.class,
        () -> transformer.taps(images, List.of(Tap.block(DEPTH + 1))));
  }

  @Test
  void tapsAreNamedAsInTheEquations() {
    assertEquals("z_4", Tap.block(4).toString());
    assertEquals("z_0+...+z_4", Tap.sum(4).toString());
  }
}
