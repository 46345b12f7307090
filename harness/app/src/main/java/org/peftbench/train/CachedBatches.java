package org.peftbench.train;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;

/** Inputs read back from a cache: neither images nor backbone are needed. */
public final class CachedBatches implements Batches {

  private final FeatureSource cache;
  private final int[] labels;
  private long inputNanos;

  /** Batches of a cache, with the class of each of its images. */
  public CachedBatches(FeatureCache cache, int[] labels) {
    this((FeatureSource) cache::read, labels);
  }

  CachedBatches(FeatureSource cache, int[] labels) {
    this.cache = cache;
    this.labels = labels.clone();
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
    long began = System.nanoTime();
    NDList read = cache.read(manager, images);
    inputNanos += System.nanoTime() - began;
    return read;
  }

  @Override
  public long inputNanos() {
    return inputNanos;
  }
}
