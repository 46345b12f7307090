package org.peftbench.methods.lora;

import java.util.List;
import org.peftbench.methods.lora.LoraLinear.Slice;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.spi.BackboneMethod;

/**
 * LoRA (Hu et al. 2022) on the attention's input projection, as in NOAH's VTAB-1K row.
 *
 * <p>qkv(x) = W x + b + s B A x, with W (3D, D) frozen, A (R, D) and B (3D, R) trained. B begins at
 * zero, so the first step is the frozen backbone's.
 *
 * <p>Parameters for width d, depth L: L R (d + 3d) for {@code target=qkv} and L 2 R (d + d) for
 * {@code target=qv}: the same number, 294,912 for ViT-B/16 at rank 8.
 */
public final class LoraMethod implements BackboneMethod<LoraConfig> {

  @Override
  public String id() {
    return "lora";
  }

  @Override
  public String title() {
    return "LoRA: low-rank adaptation";
  }

  @Override
  public String bibtex() {
    return """
        @inproceedings{hu2022lora,
          title     = {{LoRA}: Low-Rank Adaptation of Large Language Models},
          author    = {Hu, Edward J. and Shen, Yelong and Wallis, Phillip and Allen-Zhu, Zeyuan and Li, Yuanzhi and Wang, Shean and Wang, Lu and Chen, Weizhu},
          booktitle = {International Conference on Learning Representations},
          year      = {2022}
        }""";
  }

  @Override
  public Class<LoraConfig> configType() {
    return LoraConfig.class;
  }

  @Override
  public String equation() {
    return """
        qkv(x) = W x + b + s B A dropout(x)
        x (B, N, D), W (3D, D) frozen, A (R, D), B (3D, R) zero at first
        target=qv: the same for queries and values apart, with A (R, D) and B (D, R) each""";
  }

  @Override
  public boolean startsAsBackbone(LoraConfig config) {
    return true;
  }

  @Override
  public long trainableParameters(LoraConfig config, ViTConfig backbone) {
    return 4L * backbone.depth() * config.rank() * backbone.width();
  }

  @Override
  public void adapt(LoraConfig config, VisionTransformer backbone) {
    long width = backbone.config().width();
    List<Slice> slices =
        switch (config.target()) {
          case QKV -> List.of(new Slice(0, 3 * width));
          case QV -> List.of(new Slice(0, width), new Slice(2 * width, 3 * width));
        };
    backbone.wrap("blocks.*.attn.qkv", qkv -> new LoraLinear(qkv, config, width, slices));
  }

  @Override
  public boolean merges(LoraConfig config) {
    return true;
  }
}
