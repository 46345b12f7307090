package org.peftbench.worker;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.peftbench.link.Order;
import org.peftbench.task.ImageSet;
import org.peftbench.task.LabelledClip;
import org.peftbench.task.LabelledImage;
import org.peftbench.train.Batches;
import org.peftbench.train.ClipBatches;
import org.peftbench.training.SharedTaps;

/** Inputs that are computed at each step. */
final class LiveFeatures extends LocalFeatures {

  private final List<LabelledClip> clips;
  private @Nullable ImageSet images;

  /**
   * A source.
   *
   * @param lines the training images
   * @param clips the training clips; empty if the task has images
   */
  LiveFeatures(
      Order.RunPass order,
      Parent parent,
      NDManager manager,
      Supplier<List<LabelledImage>> lines,
      List<LabelledClip> clips) {
    super(order, parent, manager, lines);
    this.clips = clips;
  }

  @Override
  public void prepare(SharedTaps taps) {
    if (clips.isEmpty()) {
      images = images();
    }
  }

  @Override
  public Batches training(SharedTaps taps, long seed) {
    if (!clips.isEmpty()) {
      return new ClipBatches(
          clips, protocol.frames(), protocol.interpolation(), arrays(), taps, seed);
    }
    if (images == null) {
      throw new IllegalStateException("there are no images");
    }
    return live(images, taps);
  }

  @Override
  public void endTraining() {
    images = null;
  }
}
