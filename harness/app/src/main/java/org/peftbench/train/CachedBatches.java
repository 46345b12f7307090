package org.peftbench.train;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;

/** Reads inputs back from a cache: neither images nor backbone are needed. */
public final class CachedBatches implements Batches {

  /** Reads the taps of some images, as float32; valid until the next call. */
  interface Source {
    NDList read(NDManager manager, int[] images);
  }

  private final Source cache;
  private final int[] labels;
  private long inputNanos;

  /** Makes batches of a cache and the class of each of its images. */
  public CachedBatches(FeatureCache cache, int[] labels) {
    this((Source) cache::read, labels);
  }

  CachedBatches(Source cache, int[] labels) {
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
