package org.peftbench.worker;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Supplier;
import org.peftbench.cell.Cell;
import org.peftbench.cell.Phase;
import org.peftbench.link.Message;
import org.peftbench.link.Order;
import org.peftbench.model.Part;
import org.peftbench.model.Precision;
import org.peftbench.model.Tap;
import org.peftbench.model.ViTConfig;
import org.peftbench.result.PhaseCost;
import org.peftbench.task.ListName;
import org.peftbench.train.BatchOrder;
import org.peftbench.train.FeatureCache;
import org.peftbench.train.FeatureStore;
import org.peftbench.train.Feed;
import org.peftbench.train.Feed.Fed;
import org.peftbench.train.ImageBatches;
import org.peftbench.training.SharedTaps;

/** Runs the backbone once over the training images and keeps its taps, unless they are there. */
final class Extraction {

  private final Order.RunPass order;
  private final Parent parent;
  private final SharedTaps taps;
  private final ViTConfig config;
  private final FeatureStore store;
  private final FeatureStore.Key key;

  Extraction(
      Order.RunPass order,
      String engine,
      ListName list,
      Parent parent,
      SharedTaps taps,
      ViTConfig config) {
    this.order = order;
    this.parent = parent;
    this.taps = taps;
    this.config = config;
    this.store = new FeatureStore(Path.of(order.featureFolder()));
    Cell cell = order.first().cell();
    this.key =
        new FeatureStore.Key(
            cell.backbone(),
            cell.dataSha256(),
            list.toString(),
            cell.protocol().interpolation().toString(),
            cell.protocol().normalize().toString(),
            taps.taps().stream().map(Tap::toString).toList(),
            cell.protocol().features(),
            engine
                + " "
                + order.gpu().orElse(cell.device().toString())
                + lowered(cell.protocol().precision()));
  }

  /** Features of one arithmetic are not those of another. */
  private static String lowered(Precision precision) {
    return precision == Precision.FLOAT32 ? "" : " " + precision;
  }

  /**
   * The features, extracted now or before; images are only made for the former.
   *
   * @param count how many images there are
   */
  FeatureCache open(NDManager manager, int count, Supplier<ImageBatches> images) {
    Optional<PhaseCost> before = store.cost(key);
    if (before.isPresent()) {
      parent.send(new Message.Reused(before.get()));
    } else {
      extract(manager, images.get());
    }
    return store.open(key, taps.taps(), config, count);
  }

  private void extract(NDManager manager, ImageBatches images) {
    parent.enter(Phase.EXTRACT);
    int batch = order.first().cell().protocol().batchSize();
    try (FeatureStore.Filling filling = store.fill(key, taps.taps(), config)) {
      Iterator<int[]> batches = BatchOrder.inOrder(images.images(), batch).iterator();
      try (Feed<int[]> feed = Feed.of(manager, batches, images::read)) {
        for (var fed = feed.next(); fed.isPresent(); fed = feed.next()) {
          keep(fed.get(), images, filling.cache());
        }
      }
      filling.finish(parent.enter(Phase.KEEP));
    }
  }

  private void keep(Fed<int[]> fed, ImageBatches images, FeatureCache cache) {
    int first = fed.batch()[0];
    try (fed;
        NDScope scope = Part.scope()) {
      cache.write(first, images.inputs(fed.arrays()));
    }
    int done = first + fed.batch().length;
    parent.send(new Message.Progress(done, images.images(), "images"));
  }
}
