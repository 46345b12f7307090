package org.peftbench.methods.fact;

import ai.djl.ndarray.NDArray;
import org.peftbench.model.Part;
import org.peftbench.model.ViTConfig;

/** FacT-TK: the cores of the layer's tiles come out of the factors that all layers share. */
final class TkLinear extends FactLinear {

  private final TuckerFactors factors;
  private final Layer layer;
  private final int from;
  private final int tiles;

  /**
   * Updates a layer.
   *
   * @param from the layer's first tile among those of all layers
   */
  TkLinear(Part base, TuckerFactors factors, Layer layer, ViTConfig backbone, int from) {
    super(base, factors, layer, backbone);
    this.factors = factors;
    this.layer = layer;
    this.from = from;
    this.tiles = layer.tiles(backbone);
  }

  /** Laid out as the authors' code has it; in the MLP the tiles' columns take turns. */
  @Override
  NDArray core() {
    long rank = factors.rank();
    NDArray cores = factors.cores(from, tiles); // (R, R, tiles)
    return switch (layer) {
      case QKV, PROJ -> cores.transpose(2, 1, 0).reshape(tiles * rank, rank);
      case FC1 -> cores.reshape(rank, tiles * rank).transpose();
      case FC2 -> cores.reshape(rank, tiles * rank);
    };
  }
}
