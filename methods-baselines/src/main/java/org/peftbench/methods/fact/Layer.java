package org.peftbench.methods.fact;

import org.peftbench.model.ViTConfig;

/**
 * The linear layers of a block. FacT sees the weight of each as square tiles (D, D): of its output
 * or of its input; if the MLP's width is no multiple of D, the last tile is cut.
 */
enum Layer {
  QKV("attn.qkv"),
  PROJ("attn.proj"),
  FC1("mlp.fc1"),
  FC2("mlp.fc2");

  private final String path;

  Layer(String path) {
    this.path = path;
  }

  /** Its name within a block. */
  String path() {
    return path;
  }

  /** Tiles along the output. */
  int outputs(ViTConfig backbone) {
    return switch (this) {
      case QKV -> 3;
      case FC1 -> mlpTiles(backbone);
      case PROJ, FC2 -> 1;
    };
  }

  /** Tiles along the input. */
  int inputs(ViTConfig backbone) {
    return this == FC2 ? mlpTiles(backbone) : 1;
  }

  /** All tiles. */
  int tiles(ViTConfig backbone) {
    return outputs(backbone) * inputs(backbone);
  }

  /** Tiles of a block: 12 where the MLP is four times as wide as the tokens. */
  static int tilesOfBlock(ViTConfig backbone) {
    int tiles = 0;
    for (Layer layer : values()) {
      tiles += layer.tiles(backbone);
    }
    return tiles;
  }

  private static int mlpTiles(ViTConfig backbone) {
    return (backbone.mlpWidth() + backbone.width() - 1) / backbone.width();
  }
}
