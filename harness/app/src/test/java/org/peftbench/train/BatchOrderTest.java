package org.peftbench.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchOrderTest {

  @Test
  void everyImageComesOnceInAnEpoch() {
    int[] seen = flat(new BatchOrder(3, 1000, 64).epoch(7));
    Arrays.sort(seen);
    assertArrayEquals(IntStream.range(0, 1000).toArray(), seen);
  }

  @Test
  void lastBatchHoldsTheRest() {
    BatchOrder order = new BatchOrder(0, 10, 4);
    assertEquals(3, order.batches());
    assertEquals(List.of(4, 4, 2), order.epoch(0).stream().map(batch -> batch.length).toList());
    assertEquals(1, new BatchOrder(0, 10, 64).batches());
  }

  @Test
  void sameSeedGivesTheSameOrder() {
    assertArrayEquals(
        flat(new BatchOrder(5, 100, 8).epoch(2)), flat(new BatchOrder(5, 100, 8).epoch(2)));
  }

  @Test
  void orderDoesNotDependOnTheBatchSize() {
    assertArrayEquals(
        flat(new BatchOrder(5, 100, 8).epoch(2)), flat(new BatchOrder(5, 100, 32).epoch(2)));
  }

  @Test
  void epochsAndSeedsDiffer() {
    int[] order = flat(new BatchOrder(0, 100, 8).epoch(0));
    assertFalse(Arrays.equals(order, flat(new BatchOrder(0, 100, 8).epoch(1))));
    assertFalse(Arrays.equals(order, flat(new BatchOrder(1, 100, 8).epoch(0))));
  }

  @Test
  void seedsShareNoEpochs() {
    Set<List<Integer>> orders = new HashSet<>();
    for (long seed = 0; seed < 3; seed++) {
      for (int epoch = 0; epoch < 100; epoch++) {
        int[] order = flat(new BatchOrder(seed, 50, 8).epoch(epoch));
        assertTrue(orders.add(Arrays.stream(order).boxed().toList()));
      }
    }
  }

  private static int[] flat(List<int[]> batches) {
    return batches.stream().flatMapToInt(Arrays::stream).toArray();
  }
}
