package org.peftbench.methods.dtl;

import java.util.List;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.spi.BackboneMethod;

/**
 * DTL, disentangled transfer learning (Fu, Zhu, Wu 2024).
 *
 * <p>A side network h (B, N, D), zero at first, takes something of low rank from the input of every
 * block: h_i = h_{i-1} + B_i A_i x_i, with A_i (R, D) and B_i (D, R). The output of the last M of
 * the L blocks becomes block_i(x_i) + swish(h_i), with swish(t) = t sigmoid(beta t); M = 6 of 12.
 * Gradients never enter the blocks before. B_i begins at zero, so the first step is the frozen
 * backbone's.
 *
 * <p>Parameters for width d, depth L: 2 L d R; 36,864 for ViT-B/16 at rank 2.
 */
public final class DtlMethod implements BackboneMethod<DtlConfig> {

  static final String BIBTEX =
      """
      @inproceedings{fu2024dtl,
        title     = {{DTL}: Disentangled Transfer Learning for Visual Recognition},
        author    = {Fu, Minghao and Zhu, Ke and Wu, Jianxin},
        booktitle = {AAAI Conference on Artificial Intelligence},
        year      = {2024}
      }""";

  static final List<String> RECONSTRUCTIONS =
      List.of(
          "tokens are pooled as the backbone does; the authors' code takes the mean of the patch"
              + " tokens before the final norm",
          "the authors adapt the last 6 of 12 blocks; for another depth the same share is taken");

  @Override
  public String id() {
    return "dtl";
  }

  @Override
  public String title() {
    return "DTL: disentangled transfer learning";
  }

  @Override
  public String bibtex() {
    return BIBTEX;
  }

  @Override
  public Class<DtlConfig> configType() {
    return DtlConfig.class;
  }

  @Override
  public String equation() {
    return """
        h_i = h_{i-1} + B_i A_i x_i, i = 1..L,  h_0 = 0
        x_{i+1} = block_i(x_i), and + swish(h_i) for i > L - M,  swish(t) = t sigmoid(beta t)
        x_i, h_i (B, N, D), A_i (R, D), B_i (D, R) zero at first""";
  }

  @Override
  public List<String> reconstructions() {
    return RECONSTRUCTIONS;
  }

  @Override
  public boolean startsAsBackbone(DtlConfig config) {
    return true;
  }

  @Override
  public long trainableParameters(DtlConfig config, ViTConfig backbone) {
    return 2L * backbone.depth() * backbone.width() * config.rank();
  }

  @Override
  public void adapt(DtlConfig config, VisionTransformer backbone) {
    ViTConfig vit = backbone.config();
    int adapted = config.adapted(vit.depth());
    backbone.wrap(
        "blocks", blocks -> new DtlBlocks(blocks, vit, config.rank(), config.beta(), adapted));
  }
}
