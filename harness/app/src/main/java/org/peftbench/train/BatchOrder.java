package org.peftbench.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The order of training images: a new permutation every epoch that follows from the seed alone, so
 * that all methods of a run see the same batches in the same order.
 *
 * @param seed the run's seed
 * @param images number of training images
 * @param batchSize images a batch; an epoch's last batch may be smaller
 */
public record BatchOrder(long seed, int images, int batchSize) {

  /** Counts the batches of an epoch. */
  public int batches() {
    return (images + batchSize - 1) / batchSize;
  }

  /** Lists the image indices of each batch of an epoch. */
  public List<int[]> epoch(int epoch) {
    // Drawn, not counted: seed 1 must not see the later epochs of seed 0.
    Random random = new Random(new Random(seed).nextLong() + epoch);
    int[] order = new int[images];
    for (int i = 0; i < images; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    List<int[]> batches = new ArrayList<>();
    for (int from = 0; from < images; from += batchSize) {
      batches.add(Arrays.copyOfRange(order, from, Math.min(images, from + batchSize)));
    }
    return batches;
  }

  /** Lists the image indices of batches from the first image to the last. */
  public static List<int[]> inOrder(int images, int batchSize) {
    List<int[]> batches = new ArrayList<>();
    for (int from = 0; from < images; from += batchSize) {
      batches.add(IntStream.range(from, Math.min(images, from + batchSize)).toArray());
    }
    return batches;
  }
}
