package org.peftbench.worker;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.Optional;
import org.peftbench.link.Blueprint;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.weights.BackboneWeights;

/** Gives a transformer its pre-trained values, or random ones that are the same for every seed. */
final class BackboneLoader {

  private static final long RANDOM_BACKBONE_SEED = 0;

  private final ViTConfig config;
  private final Optional<String> weights;
  private final NDManager manager;

  BackboneLoader(Blueprint network, NDManager manager) {
    this(network.cell().backbone().config(), network.weights(), manager);
  }

  /**
   * Makes a loader.
   *
   * @param config the sizes
   * @param weights the weight file; empty for random weights
   */
  BackboneLoader(ViTConfig config, Optional<String> weights, NDManager manager) {
    this.config = config;
    this.weights = weights;
    this.manager = manager;
  }

  VisionTransformer load() {
    VisionTransformer backbone = new VisionTransformer(config);
    fill(backbone);
    return backbone;
  }

  /** Fills those tensors of a backbone that have no values, at first or after a release. */
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
                if (!parameter.isInitialized()) {
                  backbone.load(name, manager, file.read(name, backbone.config()));
                }
              });
    }
  }
}
