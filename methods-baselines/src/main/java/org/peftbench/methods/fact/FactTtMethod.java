package org.peftbench.methods.fact;

import java.util.List;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.spi.BackboneMethod;
import org.peftbench.spi.Preset;

/**
 * FacT-TT (Jie and Deng 2023): the weights of all blocks are seen as one stack of square tiles (D,
 * D), 12 a block, whose update is a tensor train: each tile's is s V S U, where U and V are the
 * same for all tiles and S is the tile's own.
 *
 * <p>f(x) = W x + b + s V dropout(S U x), with W frozen, U (R, D), V (D, R) and S (R, R) trained;
 * qkv and fc1 have several tiles along their output, fc2 along its input. V begins at zero, so the
 * first step is the frozen backbone's.
 *
 * <p>Parameters for width d, MLP width h, depth L: 2 d R + L (4 + 2 ceil(h / d)) R^2; 61,440 for
 * ViT-B/16 at rank 16.
 *
 * <p>RECONSTRUCTION: see {@link #reconstructions()}.
 */
public final class FactTtMethod implements BackboneMethod<FactTtConfig> {

  private static final Preset PETL_VIT =
      Preset.of(
          "petl-vit",
          Source.presetSource("tt"),
          """
          cifar100             rank=8  scale=1
          caltech101           rank=16 scale=10
          dtd                  rank=8  scale=0.01
          flowers102           rank=16 scale=1
          pets                 rank=8  scale=1
          svhn                 rank=16 scale=100
          sun397               rank=8  scale=1
          patch_camelyon       rank=8  scale=10
          eurosat              rank=8  scale=100
          resisc45             rank=8  scale=0.1
          diabetic_retinopathy rank=8  scale=1
          clevr_count          rank=16 scale=1
          clevr_dist           rank=4  scale=10
          dmlab                rank=16 scale=10
          kitti                rank=16 scale=10
          dsprites_loc         rank=16 scale=100
          dsprites_ori         rank=16 scale=1
          smallnorb_azi        rank=16 scale=100
          smallnorb_ele        rank=8  scale=10
          """);

  @Override
  public String id() {
    return "fact-tt";
  }

  @Override
  public String title() {
    return "FacT-TT: tensor-train factor tuning";
  }

  @Override
  public String bibtex() {
    return Source.BIBTEX;
  }

  @Override
  public Class<FactTtConfig> configType() {
    return FactTtConfig.class;
  }

  @Override
  public String equation() {
    return """
        f(x) = W x + b + s V dropout(S U x), f = qkv, proj, fc1, fc2 of all blocks
        W (O, I) frozen in tiles (D, D); U (R, D), V (D, R) the same for all tiles, V zero at first
        S (R, R), one for each tile: 3 of qkv, 1 of proj, 4 of fc1, 4 of fc2""";
  }

  @Override
  public List<String> reconstructions() {
    return Source.RECONSTRUCTIONS;
  }

  @Override
  public List<Preset> presets() {
    return List.of(PETL_VIT);
  }

  @Override
  public boolean startsAsBackbone(FactTtConfig config) {
    return true;
  }

  @Override
  public long trainableParameters(FactTtConfig config, ViTConfig backbone) {
    long rank = config.rank();
    long tiles = (long) backbone.depth() * Layer.tilesOfBlock(backbone);
    return 2 * rank * backbone.width() + tiles * rank * rank;
  }

  @Override
  public void adapt(FactTtConfig config, VisionTransformer backbone) {
    ViTConfig vit = backbone.config();
    Factors factors =
        new Factors(
            backbone.part("blocks"), vit.width(), config.rank(), config.scale(), config.dropout());
    for (Layer layer : Layer.values()) {
      backbone.wrap("blocks.*." + layer.path(), base -> new TtLinear(base, factors, layer, vit));
    }
    backbone.wrap("blocks", blocks -> factors);
  }

  @Override
  public boolean merges(FactTtConfig config) {
    return true;
  }
}
