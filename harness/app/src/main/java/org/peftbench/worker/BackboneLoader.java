package org.peftbench.worker;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import org.peftbench.link.Blueprint;
import org.peftbench.model.VisionTransformer;
import org.peftbench.weights.BackboneWeights;

/** Gives a transformer its pre-trained values, or random ones that are the same for every seed. */
final class BackboneLoader {

  private static final long RANDOM_BACKBONE_SEED = 0;

  private final Blueprint network;
  private final NDManager manager;

  BackboneLoader(Blueprint network, NDManager manager) {
    this.network = network;
    this.manager = manager;
  }

  VisionTransformer load() {
    VisionTransformer backbone = new VisionTransformer(network.cell().backbone().config());
    fill(backbone);
    return backbone;
  }

  /** Fills those tensors of a backbone that have no values, at first or after a release. */
  void fill(VisionTransformer backbone) {
    if (network.weights().isEmpty()) {
      backbone.initialize(manager, RANDOM_BACKBONE_SEED);
      return;
    }
    try (BackboneWeights weights = BackboneWeights.open(Path.of(network.weights().get()))) {
      backbone
          .namedParameters()
          .forEach(
              (name, parameter) -> {
                if (!parameter.isInitialized()) {
                  backbone.load(name, manager, weights.read(name, backbone.config()));
                }
              });
    }
  }
}
