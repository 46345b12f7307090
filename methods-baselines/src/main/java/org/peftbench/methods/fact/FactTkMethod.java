package org.peftbench.methods.fact;

import java.util.ArrayList;
import java.util.List;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.spi.BackboneMethod;
import org.peftbench.spi.Preset;

/**
 * FacT-TK (Jie and Deng 2023): the weights of all blocks are seen as one stack of M square tiles
 * (D, D), 12 a block, whose update is in Tucker's form: each tile's is s V S U, where U and V are
 * the same for all tiles, and all S come out of one core.
 *
 * <p>f(x) = W x + b + s V dropout(S U x), with W frozen, U (R, D) and V (D, R) trained, and S (R,
 * R) of tile m the core C (R, R, R) contracted with column m of P (R, M), both trained too; qkv and
 * fc1 have several tiles along their output, fc2 along its input. V begins at zero, so the first
 * step is the frozen backbone's.
 *
 * <p>Parameters for width d, MLP width h, depth L: 2 d R + M R + R^3 with M = L (4 + 2 ceil(h /
 * d)); 86,528 for ViT-B/16 at rank 32.
 *
 * <p>RECONSTRUCTION: see {@link #reconstructions()}.
 */
public final class FactTkMethod implements BackboneMethod<FactTkConfig> {

  private static final Preset PETL_VIT =
      Preset.of(
          "petl-vit",
          Source.presetSource("tk"),
          """
          cifar100             rank=32 scale=0.1
          caltech101           rank=32 scale=10
          dtd                  rank=16 scale=0.01
          flowers102           rank=32 scale=1
          pets                 rank=16 scale=10
          svhn                 rank=32 scale=100
          sun397               rank=16 scale=1
          patch_camelyon       rank=32 scale=10
          eurosat              rank=32 scale=100
          resisc45             rank=32 scale=10
          diabetic_retinopathy rank=16 scale=1
          clevr_count          rank=32 scale=10
          clevr_dist           rank=16 scale=10
          dmlab                rank=32 scale=10
          kitti                rank=32 scale=10
          dsprites_loc         rank=32 scale=100
          dsprites_ori         rank=32 scale=1
          smallnorb_azi        rank=32 scale=100
          smallnorb_ele        rank=16 scale=10
          """);

  @Override
  public String id() {
    return "fact-tk";
  }

  @Override
  public String title() {
    return "FacT-TK: Tucker factor tuning";
  }

  @Override
  public String bibtex() {
    return Source.BIBTEX;
  }

  @Override
  public Class<FactTkConfig> configType() {
    return FactTkConfig.class;
  }

  @Override
  public String equation() {
    return """
        f(x) = W x + b + s V dropout(S U x), f = qkv, proj, fc1, fc2 of all blocks
        W (O, I) frozen in M tiles (D, D): a block has 3 of qkv, 1 of proj, 4 of fc1, 4 of fc2
        U (R, D), V (D, R) the same for all tiles, V zero at first
        S[j, i] = sum_k C[i, j, k] P[k, m] of tile m, C (R, R, R) and P (R, M) for all tiles""";
  }

  @Override
  public List<String> reconstructions() {
    List<String> reconstructions = new ArrayList<>(Source.RECONSTRUCTIONS);
    reconstructions.add(
        "the cores of the MLP's tiles are laid out as in the authors' code, whose reshape lets the"
            + " columns of a layer's tiles take turns and leaves fc2's cores untransposed");
    return reconstructions;
  }

  @Override
  public List<Preset> presets() {
    return List.of(PETL_VIT);
  }

  @Override
  public boolean startsAsBackbone(FactTkConfig config) {
    return true;
  }

  @Override
  public long trainableParameters(FactTkConfig config, ViTConfig backbone) {
    long rank = config.rank();
    long tiles = (long) backbone.depth() * Layer.tilesOfBlock(backbone);
    return 2 * rank * backbone.width() + tiles * rank + rank * rank * rank;
  }

  @Override
  public void adapt(FactTkConfig config, VisionTransformer backbone) {
    ViTConfig vit = backbone.config();
    int tiles = Layer.tilesOfBlock(vit);
    TuckerFactors factors =
        new TuckerFactors(
            backbone.part("blocks"),
            vit.width(),
            (long) vit.depth() * tiles,
            config.rank(),
            config.scale(),
            config.dropout());
    for (int i = 0; i < vit.depth(); i++) {
      int from = i * tiles;
      for (Layer layer : Layer.values()) {
        int tile = from;
        backbone.wrap(
            "blocks." + i + "." + layer.path(),
            base -> new TkLinear(base, factors, layer, vit, tile));
        from += layer.tiles(vit);
      }
    }
    backbone.wrap("blocks", blocks -> factors);
  }

  @Override
  public boolean merges(FactTkConfig config) {
    return true;
  }
}
