package org.peftbench.methods.ssf;

import java.util.List;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.spi.BackboneMethod;

/**
 * SSF (Lian et al. 2022): what every layer gives is scaled and shifted, y = scale * f(x) + shift,
 * after the patch embedding, both norms, all four linear layers of each block, and the final norm.
 * Scales are drawn around one and shifts around zero.
 *
 * <p>Parameters for width d, MLP width h, depth L: 2 (L (d + 3d + d + d + h + d) + 2d); 205,824 for
 * ViT-B/16.
 */
public final class SsfMethod implements BackboneMethod<SsfConfig> {

  private static final List<String> LAYERS =
      List.of(
          "blocks.*.norm1",
          "blocks.*.attn.qkv",
          "blocks.*.attn.proj",
          "blocks.*.norm2",
          "blocks.*.mlp.fc1",
          "blocks.*.mlp.fc2",
          "norm");

  @Override
  public String id() {
    return "ssf";
  }

  @Override
  public String title() {
    return "SSF: scaling and shifting features";
  }

  @Override
  public String bibtex() {
    return """
        @inproceedings{lian2022ssf,
          title     = {Scaling \\& Shifting Your Features: A New Baseline for Efficient Model Tuning},
          author    = {Lian, Dongze and Zhou, Daquan and Feng, Jiashi and Wang, Xinchao},
          booktitle = {Advances in Neural Information Processing Systems},
          year      = {2022}
        }""";
  }

  @Override
  public Class<SsfConfig> configType() {
    return SsfConfig.class;
  }

  @Override
  public String equation() {
    return """
        y = scale * f(x) + shift, f = patch_embed, norm1, qkv, proj, norm2, fc1, fc2, norm
        f(x) (B, N, O) frozen, scale (O) ~ N(1, 0.02^2), shift (O) ~ N(0, 0.02^2)""";
  }

  @Override
  public boolean startsAsBackbone(SsfConfig config) {
    return false;
  }

  @Override
  public long trainableParameters(SsfConfig config, ViTConfig backbone) {
    long d = backbone.width();
    return 2 * (backbone.depth() * (7 * d + backbone.mlpWidth()) + 2 * d);
  }

  @Override
  public void adapt(SsfConfig config, VisionTransformer backbone) {
    backbone.wrap("patch_embed", embed -> new ScaleShift(embed, "proj."));
    LAYERS.forEach(layer -> backbone.wrap(layer, base -> new ScaleShift(base, "")));
  }

  @Override
  public boolean merges(SsfConfig config) {
    return true;
  }
}
