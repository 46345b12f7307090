package org.peftbench.methods.dora;

import java.util.List;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.spi.BackboneMethod;

/**
 * DoRA (Liu et al. 2024) on the attention's input projection, where LoRA's row has its update.
 *
 * <p>qkv(x) = m (W x + s B A x) / |W + s B A| + b, row by row, with W (3D, D) frozen, A (R, D), B
 * (3D, R) and m (3D) trained. B begins at zero and m as |W|, so the first step is the frozen
 * backbone's.
 *
 * <p>Parameters for width d, depth L: L (R (d + 3d) + 3d); 322,560 for ViT-B/16 at rank 8.
 *
 * <p>RECONSTRUCTION: see {@link #reconstructions()}.
 */
public final class DoraMethod implements BackboneMethod<DoraConfig> {

  @Override
  public String id() {
    return "dora";
  }

  @Override
  public String title() {
    return "DoRA: weight-decomposed low-rank adaptation";
  }

  @Override
  public String bibtex() {
    return """
        @inproceedings{liu2024dora,
          title     = {{DoRA}: Weight-Decomposed Low-Rank Adaptation},
          author    = {Liu, Shih-Yang and Wang, Chien-Yi and Yin, Hongxu and Molchanov, Pavlo and Wang, Yu-Chiang Frank and Cheng, Kwang-Ting and Chen, Min-Hung},
          booktitle = {International Conference on Machine Learning},
          year      = {2024}
        }""";
  }

  @Override
  public Class<DoraConfig> configType() {
    return DoraConfig.class;
  }

  @Override
  public String equation() {
    return """
        qkv(x) = m (W x + s B A dropout(x)) / |W + s B A| + b
        x (B, N, D), W (3D, D) frozen, A (R, D), B (3D, R) zero at first
        |.| (3D) the norm of each row, a constant to the gradient; m (3D), |W| at first""";
  }

  @Override
  public List<String> reconstructions() {
    return List.of(
        "results on VTAB-1K are other authors' (PSOFT, ICLR 2026, Table 3: rank 8 on all linear"
            + " layers, 1.41 M parameters); here target, rank, scale and dropout are those of LoRA's"
            + " row, with one magnitude for each row of the fused projection",
        "dropout reaches the update alone, as in LoRA; the authors' code drops inputs of the"
            + " (m / |W + s B A| - 1) W x of its sum too, which without dropout is the same");
  }

  @Override
  public boolean startsAsBackbone(DoraConfig config) {
    return true;
  }

  @Override
  public long trainableParameters(DoraConfig config, ViTConfig backbone) {
    return backbone.depth() * (4L * config.rank() + 3) * backbone.width();
  }

  @Override
  public void adapt(DoraConfig config, VisionTransformer backbone) {
    backbone.wrap("blocks.*.attn.qkv", qkv -> new DoraLinear(qkv, config));
  }

  @Override
  public boolean merges(DoraConfig config) {
    return true;
  }
}
