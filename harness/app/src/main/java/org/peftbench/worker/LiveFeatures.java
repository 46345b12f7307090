package org.peftbench.worker;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.peftbench.link.Order;
import org.peftbench.task.ImageSet;
import org.peftbench.task.LabelledImage;
import org.peftbench.train.Batches;
import org.peftbench.training.SharedTaps;

/** Inputs that are computed at each step. */
final class LiveFeatures extends LocalFeatures {

  private @Nullable ImageSet images;

  LiveFeatures(
      Order.RunPass order, Parent parent, NDManager manager, Supplier<List<LabelledImage>> lines) {
    super(order, parent, manager, lines);
  }

  @Override
  public void prepare(SharedTaps taps) {
    images = images();
  }

  @Override
  public Batches training(SharedTaps taps) {
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
