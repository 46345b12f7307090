package org.peftbench.train;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import org.peftbench.task.ImageSet;

/** Inputs read back from a cache: the backbone does not run. */
public final class CachedBatches implements Batches {

  private final FeatureCache cache;
  private final int[] labels;

  /** Batches of a cache that was filled from these images, in their order. */
  public CachedBatches(FeatureCache cache, ImageSet images) {
    this.cache = cache;
    this.labels = new int[images.count()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = images.label(i);
    }
  }

  @Override
  public int images() {
    return labels.length;
  }

  @Override
  public int label(int image) {
    return labels[image];
  }

  @Override
  public NDList inputs(NDManager manager, int[] images) {
    return cache.read(manager, images);
  }
}
