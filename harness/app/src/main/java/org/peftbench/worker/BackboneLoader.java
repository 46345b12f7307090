package org.peftbench.worker;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.peftbench.cell.BackboneMemory;
import org.peftbench.cell.Protocol;
import org.peftbench.link.Blueprint;
import org.peftbench.model.BlockSupply;
import org.peftbench.model.Precision;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.result.Streamed;
import org.peftbench.streaming.StreamedBlocks;
import org.peftbench.weights.BackboneWeights;

/**
 * Gives a transformer its pre-trained values, or random ones that are the same for every seed;
 * those of its blocks at once, or one block at a time as they run.
 */
final class BackboneLoader {

  private static final long RANDOM_BACKBONE_SEED = 0;

  private final ViTConfig config;
  private final Optional<String> weights;
  private final NDManager manager;
  private final Optional<Precision> streamedIn;
  private @Nullable StreamedBlocks blocks;

  /** Makes a loader of a cell's backbone, which is where its protocol says. */
  BackboneLoader(Blueprint network, NDManager manager) {
    this(
        network.cell().config(),
        network.weights(),
        manager,
        Optional.of(network.cell().protocol())
            .filter(protocol -> protocol.backboneMemory() == BackboneMemory.STREAMED)
            .map(Protocol::precision));
  }

  /**
   * Makes a loader of a backbone that is in memory.
   *
   * @param config the sizes
   * @param weights the weight file; empty for random weights
   */
  BackboneLoader(ViTConfig config, Optional<String> weights, NDManager manager) {
    this(config, weights, manager, Optional.empty());
  }

  private BackboneLoader(
      ViTConfig config,
      Optional<String> weights,
      NDManager manager,
      Optional<Precision> streamedIn) {
    this.config = config;
    this.weights = weights;
    this.manager = manager;
    this.streamedIn = streamedIn;
  }

  VisionTransformer load() {
    VisionTransformer backbone = new VisionTransformer(config);
    streamedIn.ifPresent(
        precision ->
            blocks =
                new StreamedBlocks(backbone, Path.of(weights.orElseThrow()), precision, manager));
    fill(backbone);
    return backbone;
  }

  /** What was read of streamed blocks since this was asked last; empty if nothing was. */
  Optional<Streamed> streamed() {
    return Optional.ofNullable(blocks).flatMap(StreamedBlocks::since);
  }

  /** What gives the blocks their values. */
  BlockSupply blocks() {
    return blocks == null ? BlockSupply.RESIDENT : blocks;
  }

  /** Gives back the memory of streamed blocks until one runs again. */
  void rest() {
    if (blocks != null) {
      blocks.close();
    }
  }

  /**
   * Fills those tensors of a backbone that have no values, at first or after a release; not those
   * of streamed blocks.
   */
  void fill(VisionTransformer backbone) {
    if (weights.isEmpty()) {
      backbone.initialize(manager, RANDOM_BACKBONE_SEED);
      return;
    }
    try (BackboneWeights file = BackboneWeights.open(Path.of(weights.get()))) {
      backbone
          .namedParameters()
          .forEach(
              (name, parameter) -> {
                if (!parameter.isInitialized() && !isStreamed(name)) {
                  backbone.load(name, manager, file.read(name, backbone.config()));
                }
              });
    }
  }

  private boolean isStreamed(String name) {
    return blocks != null && name.startsWith("blocks.");
  }
}
