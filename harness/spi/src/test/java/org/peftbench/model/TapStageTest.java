package org.peftbench.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.peftbench.model.ViTConfig.Pooling;

class TapStageTest {

  private static final int DEPTH = 3;

  private final NDManager manager = NDManager.newBaseManager();
  private final ViTConfig config = Small.config(DEPTH, Pooling.CLS);
  private final VisionTransformer transformer = Small.transformer(manager, config);
  private final NDArray images = Small.images(manager, 2);

  private final List<Tap> taps =
      List.of(
          Tap.sum(1, 3, 2),
          Tap.block(0),
          Tap.sum(2),
          Tap.sum(1),
          Tap.sum(0, 2, 2),
          Tap.block(2),
          Tap.block(2).pooled(2),
          Tap.sum(3).pooled(2),
          Tap.representation(config));

  @AfterEach
  void free() {
    manager.close();
  }

  /** As if it had been killed after each block: only the values of what is carried are left. */
  @Test
  void aRunThatStopsBeforeEachBlockGivesTheSameBits() {
    List<float[]> whole = new ArrayList<>();
    transformer.taps(images, taps).forEach(tap -> whole.add(tap.toFloatArray()));
    TreeMap<Integer, float[]> staged = new TreeMap<>();
    TapStage stage = transformer.begin(images, taps);
    while (true) {
      stage.reached().forEach((place, tap) -> staged.put(place, tap.toFloatArray()));
      if (stage.depth() == DEPTH) {
        break;
      }
      NDList again = new NDList();
      stage.carried().forEach(map -> again.add(copy(map)));
      stage = transformer.next(new TapStage(stage.depth(), again, new TreeMap<>()), taps);
    }
    assertEquals(taps.size(), staged.size());
    for (int i = 0; i < taps.size(); i++) {
      assertArrayEquals(whole.get(i), staged.get(i), taps.get(i).toString());
    }
  }

  private NDArray copy(NDArray map) {
    return Part.owned(manager, map.getShape(), map.toFloatArray());
  }

  @Test
  void onlySumsThatGoOnAreCarried() {
    TapStage stage = transformer.begin(images, taps);
    List<Integer> carried = new ArrayList<>(List.of(stage.carried().size()));
    while (stage.depth() < DEPTH) {
      stage = transformer.next(stage, taps);
      carried.add(stage.carried().size());
    }
    // z_0 + z_1 + ... and z_0 + z_2; then z_1 + z_3 too; without z_0 + z_2; none.
    assertEquals(List.of(3, 4, 3, 1), carried);
  }

  @Test
  void blocksHaveTheirValuesOnlyWhileTheyRun() {
    List<String> heard = new ArrayList<>();
    transformer.supplyBlocks(
        new BlockSupply() {
          @Override
          public void bring(int block) {
            heard.add("bring " + block);
          }

          @Override
          public void release(int block) {
            heard.add("release " + block);
          }
        });
    transformer.taps(images, List.of(Tap.block(2)));
    assertEquals(List.of("bring 0", "release 0", "bring 1", "release 1"), heard);
    heard.clear();
    transformer.forward(images, false);
    assertEquals(2 * DEPTH, heard.size());
  }
}
