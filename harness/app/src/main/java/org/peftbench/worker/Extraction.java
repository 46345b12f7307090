package org.peftbench.worker;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.peftbench.cell.BackboneMemory;
import org.peftbench.cell.Cell;
import org.peftbench.cell.Phase;
import org.peftbench.cell.Protocol;
import org.peftbench.link.Message;
import org.peftbench.link.Order;
import org.peftbench.model.BlockSupply;
import org.peftbench.model.Part;
import org.peftbench.model.Precision;
import org.peftbench.model.Tap;
import org.peftbench.model.VisionTransformer;
import org.peftbench.result.PhaseCost;
import org.peftbench.task.ListName;
import org.peftbench.train.BatchOrder;
import org.peftbench.train.FeatureCache;
import org.peftbench.train.FeatureStore;
import org.peftbench.train.Feed;
import org.peftbench.train.Feed.Fed;
import org.peftbench.train.LiveBatches;
import org.peftbench.train.StagedFeatures;
import org.peftbench.training.SharedTaps;
import org.peftbench.training.TapReader;

/** Runs the backbone once over the training images and keeps its taps, unless they are there. */
final class Extraction {

  private final Protocol protocol;
  private final Parent parent;
  private final SharedTaps taps;
  private final VisionTransformer backbone;
  private final int images;
  private final NDManager manager;
  private final FeatureStore store;
  private final FeatureStore.Key key;

  /**
   * An extraction.
   *
   * @param images how many there are
   */
  Extraction(
      Order.RunPass order,
      String engine,
      ListName list,
      Parent parent,
      SharedTaps taps,
      VisionTransformer backbone,
      int images,
      NDManager manager) {
    this.parent = parent;
    this.taps = taps;
    this.backbone = backbone;
    this.images = images;
    this.manager = manager;
    this.store = new FeatureStore(Path.of(order.featureFolder()));
    Cell cell = order.first().cell();
    this.protocol = cell.protocol();
    this.key =
        new FeatureStore.Key(
            cell.backbone(),
            cell.dataSha256(),
            list.toString(),
            protocol.interpolation().toString(),
            protocol.normalize().toString(),
            taps.taps().stream().map(Tap::toString).toList(),
            protocol.features(),
            protocol.backboneMemory(),
            engine
                + " "
                + order.gpu().orElse(cell.device().toString())
                + lowered(protocol.precision()));
  }

  /** Features of one arithmetic are not those of another. */
  private static String lowered(Precision precision) {
    return precision == Precision.FLOAT32 ? "" : " " + precision;
  }

  /**
   * The features, extracted now or before.
   *
   * @param blocks gives the backbone's blocks their values
   * @param pixels are only read if they are needed
   */
  FeatureCache open(BlockSupply blocks, Supplier<? extends LiveBatches> pixels) {
    if (!isThere()) {
      if (protocol.backboneMemory() == BackboneMemory.STREAMED) {
        extractByBlock(blocks, pixels);
      } else {
        extract(pixels.get());
      }
    }
    return store.open(key, taps.taps(), backbone.config(), images);
  }

  private boolean isThere() {
    Optional<PhaseCost> before = store.cost(key);
    before.ifPresent(cost -> parent.send(new Message.Reused(cost)));
    return before.isPresent();
  }

  private void extract(LiveBatches pixels) {
    parent.enter(Phase.EXTRACT);
    try (FeatureStore.Filling filling = store.fill(key, taps.taps(), backbone.config())) {
      Iterator<int[]> batches = BatchOrder.inOrder(images, protocol.batchImages()).iterator();
      try (Feed<int[]> feed = Feed.of(manager, batches, pixels::read)) {
        for (var fed = feed.next(); fed.isPresent(); fed = feed.next()) {
          keep(fed.get(), pixels, filling.cache());
        }
      }
      filling.finish(parent.enter(Phase.KEEP));
    }
  }

  private void keep(Fed<int[]> fed, LiveBatches pixels, FeatureCache cache) {
    int first = fed.batch()[0];
    try (fed;
        NDScope scope = Part.scope()) {
      cache.write(first, pixels.inputs(fed.arrays()));
    }
    int done = first + fed.batch().length;
    parent.send(new Message.Progress(done, images, "images"));
  }

  private void extractByBlock(BlockSupply blocks, Supplier<? extends LiveBatches> pixels) {
    Consumer<String> waiting =
        whom -> parent.send(new Message.Progress(0, images, "waiting for features of " + whom));
    try (StagedFeatures staged = store.stage(key, taps.taps(), backbone.config(), waiting)) {
      if (isThere()) {
        staged.delete();
        return; // the process that was waited for has them
      }
      BlockwiseExtraction extraction =
          new BlockwiseExtraction(
              new TapReader(backbone, protocol.precision()),
              taps.taps(),
              BatchOrder.inOrder(images, protocol.batchImages()),
              blocks,
              staged,
              manager,
              parent);
      extraction.run(pixels);
      store.finish(key, staged, parent.enter(Phase.KEEP));
    }
  }
}
