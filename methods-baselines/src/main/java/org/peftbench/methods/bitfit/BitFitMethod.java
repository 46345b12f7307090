package org.peftbench.methods.bitfit;

import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.spi.BackboneMethod;

/**
 * BitFit (Ben Zaken et al. 2022): the biases of all layers are trained, LayerNorm's shifts and the
 * patch embedding's bias among them, as in the vision literature.
 *
 * <p>Parameters for width d, MLP width h, depth L: L (3d + d + h + d + 2d) + 2d; 102,912 for
 * ViT-B/16.
 */
public final class BitFitMethod implements BackboneMethod<BitFitConfig> {

  @Override
  public String id() {
    return "bitfit";
  }

  @Override
  public String title() {
    return "BitFit: bias tuning";
  }

  @Override
  public String bibtex() {
    return """
        @inproceedings{benzaken2022bitfit,
          title     = {{BitFit}: Simple Parameter-efficient Fine-tuning for Transformer-based Masked Language-models},
          author    = {Ben Zaken, Elad and Goldberg, Yoav and Ravfogel, Shauli},
          booktitle = {Annual Meeting of the Association for Computational Linguistics},
          year      = {2022}
        }""";
  }

  @Override
  public Class<BitFitConfig> configType() {
    return BitFitConfig.class;
  }

  @Override
  public String equation() {
    return "y = ViT(x), every bias b trained";
  }

  @Override
  public boolean startsAsBackbone(BitFitConfig config) {
    return true;
  }

  @Override
  public long trainableParameters(BitFitConfig config, ViTConfig backbone) {
    long d = backbone.width();
    return backbone.depth() * (7 * d + backbone.mlpWidth()) + 2 * d;
  }

  @Override
  public void adapt(BitFitConfig config, VisionTransformer backbone) {
    backbone.unfreeze("**.bias");
  }

  @Override
  public boolean merges(BitFitConfig config) {
    return true;
  }
}
