package org.peftbench.worker;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.peftbench.link.Order;
import org.peftbench.model.VisionTransformer;
import org.peftbench.task.LabelledImage;
import org.peftbench.task.ListName;
import org.peftbench.train.Batches;
import org.peftbench.train.CachedBatches;
import org.peftbench.train.FeatureCache;
import org.peftbench.train.FileBatches;
import org.peftbench.train.LiveBatches;
import org.peftbench.training.SharedTaps;

/** Taps that are computed once, now or before. */
final class CachedFeatures extends LocalFeatures {

  private final ListName list;
  private final String engine;
  private @Nullable VisionTransformer backbone;
  private @Nullable FeatureCache cache;
  private int[] labels = {};

  /**
   * A source.
   *
   * @param list of the training images
   * @param engine whose arithmetic it is
   */
  CachedFeatures(
      Order.RunPass order,
      Parent parent,
      NDManager manager,
      ListName list,
      Supplier<List<LabelledImage>> lines,
      String engine) {
    super(order, parent, manager, lines);
    this.list = list;
    this.engine = engine;
  }

  @Override
  public VisionTransformer load() {
    backbone = super.load();
    return backbone;
  }

  @Override
  public void prepare(SharedTaps taps) {
    VisionTransformer frozen = Objects.requireNonNull(backbone);
    labels = labels();
    Extraction extraction =
        new Extraction(order, engine, list, parent, taps, frozen, lines().size(), manager);
    cache = extraction.open(blocks(), () -> pixels(taps));
    // What represents tokens stays.
    frozen.part("patch_embed").release();
    frozen.part("blocks").release();
    rest();
  }

  /** Frames are decoded when they are needed: there may be any number of them. */
  private LiveBatches pixels(SharedTaps taps) {
    return protocol.frames() == 1
        ? live(images(), taps)
        : new FileBatches(lines(), protocol.interpolation(), arrays(), taps);
  }

  @Override
  public Batches training(SharedTaps taps, long seed) {
    return new CachedBatches(Objects.requireNonNull(cache)::read, labels, protocol.frames());
  }

  @Override
  public void endTraining() {
    if (cache != null) {
      cache.close();
      cache = null;
    }
  }
}
