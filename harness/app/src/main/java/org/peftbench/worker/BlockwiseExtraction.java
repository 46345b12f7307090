package org.peftbench.worker;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.peftbench.cell.Phase;
import org.peftbench.link.Message;
import org.peftbench.model.BlockSupply;
import org.peftbench.model.Part;
import org.peftbench.model.Tap;
import org.peftbench.model.TapStage;
import org.peftbench.result.PhaseCost;
import org.peftbench.train.FeatureCache;
import org.peftbench.train.Feed;
import org.peftbench.train.Feed.Fed;
import org.peftbench.train.LiveBatches;
import org.peftbench.train.StagedFeatures;
import org.peftbench.training.TapReader;

/**
 * Runs a frozen backbone over all images a block at a time, so that each block is read once,
 * however many images there are. Batches, and with them every bit, are those of a run that takes
 * one batch after the other through all blocks.
 */
final class BlockwiseExtraction {

  private final TapReader reader;
  private final List<Tap> taps;
  private final List<int[]> batches;
  private final BlockSupply blocks;
  private final StagedFeatures staged;
  private final NDManager manager;
  private final Parent parent;
  private final int images;
  private final int depth;
  private PhaseCost spent = new PhaseCost(Phase.EXTRACT, 0, Optional.empty());

  BlockwiseExtraction(
      TapReader reader,
      List<Tap> taps,
      List<int[]> batches,
      BlockSupply blocks,
      StagedFeatures staged,
      NDManager manager,
      Parent parent) {
    this.reader = reader;
    this.taps = taps;
    this.batches = batches;
    this.blocks = blocks;
    this.staged = staged;
    this.manager = manager;
    this.parent = parent;
    this.images = batches.stream().mapToInt(batch -> batch.length).sum();
    this.depth = taps.stream().mapToInt(Tap::depth).max().orElse(0);
  }

  /** Runs all blocks, or those that are left. */
  void run(Supplier<? extends LiveBatches> pixels) {
    Optional<StagedFeatures.State> before = staged.state();
    if (before.isPresent()) {
      parent.enter(Phase.EXTRACT);
      spent = before.get().spent();
      parent.send(new Message.Resumed(spent));
    } else {
      LiveBatches embedded = pixels.get();
      parent.enter(Phase.EXTRACT);
      stage(0, embedded::read, read -> reader.begin(embedded.images(read), taps));
    }
    for (int block = at(); block < depth; block++) {
      blocks.bring(block);
      stage(block);
      blocks.release(block);
    }
  }

  private int at() {
    return staged.state().orElseThrow().depth();
  }

  private void stage(int block) {
    FeatureCache behind = staged.carried(images);
    stage(
        block + 1,
        (owner, batch, memory) -> behind.read(owner.newSubManager(Device.cpu()), batch, memory),
        maps -> reader.next(new TapStage(block, maps, new TreeMap<>()), taps));
  }

  private void stage(int reached, Feed.Reader<int[]> read, Function<NDList, TapStage> run) {
    long began = System.nanoTime();
    Optional<FeatureCache> next = Optional.empty();
    int maps = 0;
    try (Feed<int[]> feed = Feed.of(manager, batches.iterator(), read)) {
      for (var fed = feed.next(); fed.isPresent(); fed = feed.next()) {
        try (Fed<int[]> batch = fed.get();
            NDScope scope = Part.scope()) {
          TapStage stage = run.apply(batch.arrays());
          int first = batch.batch()[0];
          stage.reached().forEach((place, tap) -> staged.taps().write(first, place, tap));
          if (reached < depth) {
            maps = stage.carried().size();
            next = Optional.of(next.isPresent() ? next.get() : staged.next(maps));
            next.get().write(first, stage.carried());
          }
          progress(reached, first + batch.batch().length);
        }
      }
    }
    spend((System.nanoTime() - began) / 1e9);
    staged.reached(new StagedFeatures.State(reached, maps, spent));
  }

  private void progress(int reached, int done) {
    parent.send(
        new Message.Progress(
            (long) reached * images + done,
            (depth + 1L) * images,
            "image blocks, %d of %d blocks".formatted(reached, depth)));
  }

  private void spend(double seconds) {
    spent =
        spent.plus(
            new PhaseCost(Phase.EXTRACT, seconds, Optional.empty()).reading(parent.tellStreamed()));
  }
}
