package org.peftbench.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
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

  /** One pass, four series; each sum as a reader of the equation would add it. */
  @Test
  void sumsThatBeginAndGoOnOtherwiseDoNotMeet() {
    NDList z = blocks();
    List<Tap> taps =
        List.of(
            Tap.sum(1, 3, 2), // z_1 + z_3
            Tap.sum(2),
            Tap.sum(0, 3, 2), // z_0 + z_2
            Tap.sum(1, 3, 1),
            Tap.sum(1, 2, 1),
            Tap.sum(2, 2, 1));
    NDList sums = transformer.taps(images, taps);
    assertSum(sums.get(0), z, 1, 3);
    assertSum(sums.get(1), z, 0, 1, 2);
    assertSum(sums.get(2), z, 0, 2);
    assertSum(sums.get(3), z, 1, 2, 3);
    assertSum(sums.get(4), z, 1, 2);
    assertSum(sums.get(5), z, 2);
    for (int i = 0; i < taps.size(); i++) {
      NDArray alone = transformer.taps(images, List.of(taps.get(i))).singletonOrThrow();
      assertEquals(0, Small.maxDifference(alone, sums.get(i)), taps.get(i).toString());
    }
  }

  private static void assertSum(NDArray sum, NDList z, int... terms) {
    for (int i = 0; i < sum.size(); i++) {
      double expected = 0;
      for (int term : terms) {
        expected += z.get(term).toFloatArray()[i];
      }
      assertEquals(expected, sum.toFloatArray()[i], 1e-5);
    }
  }

  @Test
  void aSumKnowsItsMaps() {
    Tap sum = Tap.sum(1, 12, 4);
    assertEquals(3, sum.terms());
    assertEquals(9, sum.depth());
    assertEquals(List.of(1, 5, 9), IntStream.rangeClosed(0, 12).filter(sum::adds).boxed().toList());
    assertEquals(13, Tap.sum(12).terms());
    assertEquals(1, Tap.block(3).terms());
    assertFalse(Tap.block(3).adds(3));
  }

  @Test
  void aSumOfOneMapIsTheSameWhateverItsStep() {
    assertEquals(Tap.sum(2, 2, 1), Tap.sum(2, 4, 5));
  }

  /** 4 x 4 patches in squares of 2 x 2, counted out by rows and columns. */
  @Test
  void pooledTokensAreMeansOfSquaresBehindTheClassToken() {
    ViTConfig fine = new ViTConfig(16, 4, 3, 12, 2, 3, 20, 1e-6, Pooling.CLS);
    VisionTransformer finer = Small.transformer(manager, fine);
    NDList maps =
        finer.taps(
            images,
            List.of(
                Tap.block(2),
                Tap.sum(1),
                Tap.block(2).pooled(2),
                Tap.sum(1).pooled(2),
                Tap.sum(1).pooled(4)));
    for (int image = 0; image < 2; image++) {
      for (int channel = 0; channel < 12; channel++) {
        assertPooled(maps.get(0), maps.get(2), 2, image, channel);
        assertPooled(maps.get(1), maps.get(3), 2, image, channel);
        assertPooled(maps.get(1), maps.get(4), 4, image, channel);
      }
    }
  }

  private static void assertPooled(NDArray map, NDArray pooled, int side, int image, int channel) {
    int squares = 4 / side;
    assertEquals(1 + squares * squares, pooled.getShape().get(1));
    assertEquals(map.getFloat(image, 0, channel), pooled.getFloat(image, 0, channel));
    double[] sums = new double[squares * squares];
    for (int row = 0; row < 4; row++) {
      for (int column = 0; column < 4; column++) {
        sums[row / side * squares + column / side] +=
            map.getFloat(image, 1 + row * 4 + column, channel);
      }
    }
    for (int i = 0; i < sums.length; i++) {
      assertEquals(sums[i] / (side * side), pooled.getFloat(image, 1 + i, channel), 1e-6);
    }
  }

  @Test
  void aPooledMapIsSmallerByTheSquare() {
    ViTConfig b16 = ViTConfig.named("vit-b16");
    assertEquals(197, Tap.sum(12).tokens(b16));
    assertEquals(1 + 49, Tap.sum(12).pooled(2).tokens(b16));
    assertEquals(1 + 1, Tap.block(12).pooled(14).tokens(b16));
    assertEquals(1, Tap.representation(b16).tokens(b16));
    assertEquals(50 * 768 * 4, Tap.transferBytes(List.of(Tap.sum(12).pooled(2)), b16));
  }

  @Test
  void theRepresentationIsTheForwardPass() {
    NDList taps = transformer.taps(images, List.of(Tap.representation(config), Tap.block(DEPTH)));
    assertEquals(0, Small.maxDifference(transformer.forward(images, false), taps.get(0)));
    assertEquals(0, Small.maxDifference(transformer.represent(taps.get(1), false), taps.get(0)));
  }

  @Test
  void aTapHoldsAsManyValuesAsItSays() {
    for (Tap tap :
        List.of(Tap.block(1), Tap.sum(2), Tap.block(3).pooled(2), Tap.representation(config))) {
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

  /** Of a sum that is pooled, and of a block, only the few tokens stay. */
  @Test
  void pooledTapsLeaveNothingElseBehind() {
    int before = manager.getManagedArrays().size();
    List<Tap> taps =
        List.of(
            Tap.block(1).pooled(2),
            Tap.sum(2).pooled(2),
            Tap.sum(2),
            Tap.sum(1, 3, 2).pooled(2),
            Tap.block(3).pooled(2));
    NDList read = transformer.taps(images, taps);
    assertEquals(before + taps.size(), manager.getManagedArrays().size());
    read.close();
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
  void sumsThatHaveNoMapsAreRefused() {
    assertRefused("no map is in a sum from z_3 to z_2 by 1", () -> Tap.sum(3, 2, 1));
    assertRefused("no map is in a sum from z_0 to z_2 by 0", () -> Tap.sum(0, 2, 0));
    assertRefused("no map is in a sum from z_-1 to z_2 by 1", () -> Tap.sum(-1, 2, 1));
    assertRefused(
        "a sum from z_0 on by 2 does not end at z_3", () -> new Tap(Tap.Kind.SUM, 3, 0, 2, 1));
    String rule = "only a sum has a first map, and only of several a step";
    assertRefused(rule, () -> new Tap(Tap.Kind.BLOCK, 3, 0, 1, 1));
    assertRefused(rule, () -> new Tap(Tap.Kind.SUM, 3, 3, 2, 1));
  }

  @Test
  void squaresThatDoNotTileThePatchesAreRefused() {
    assertRefused("a BLOCK cannot be pooled by 0", () -> Tap.block(1).pooled(0));
    assertRefused(
        "a REPRESENTATION cannot be pooled by 2", () -> Tap.representation(config).pooled(2));
    String uneven = "pool 3 does not divide the 2 patches of a side";
    assertRefused(uneven, () -> Tap.block(1).pooled(3).tokens(config));
    assertRefused(uneven, () -> transformer.taps(images, List.of(Tap.block(1).pooled(3))));
  }

  private static void assertRefused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  @Test
  void tapsAreNamedAsInTheEquations() {
    assertEquals("z_4", Tap.block(4).toString());
    assertEquals("z_0+...+z_4", Tap.sum(4).toString());
    assertEquals("z_2+...+z_4", Tap.sum(2, 4, 1).toString());
    assertEquals("z_2+...+z_2", Tap.sum(2, 2, 1).toString());
    assertEquals("z_2+z_5", Tap.sum(2, 5, 3).toString());
    assertEquals("z_1+z_3+...+z_7", Tap.sum(1, 8, 2).toString());
    assertEquals("z_1+z_3+...+z_7 pooled 2x2", Tap.sum(1, 8, 2).pooled(2).toString());
    assertEquals("z_4 pooled 7x7", Tap.block(4).pooled(7).toString());
  }

  /** Stored features are found by name. */
  @Test
  void otherTapsHaveOtherNames() {
    Map<String, Tap> named = new HashMap<>();
    for (int first = 0; first < 6; first++) {
      for (int last = first; last < 6; last++) {
        for (int step = 1; step < 6; step++) {
          for (int pool = 1; pool < 4; pool++) {
            Tap sum = Tap.sum(first, last, step).pooled(pool);
            assertEquals(sum, named.computeIfAbsent(sum.toString(), name -> sum));
            Tap block = Tap.block(first).pooled(pool);
            assertEquals(block, named.computeIfAbsent(block.toString(), name -> block));
          }
        }
      }
    }
    assertTrue(named.size() > 100, named.keySet().toString());
  }
}
