package org.peftbench.methods.repadapter;

import java.util.List;
import org.peftbench.methods.repadapter.RepAdapterConfig.Target;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.spi.BackboneMethod;
import org.peftbench.spi.Preset;

/**
 * RepAdapter (Luo et al. 2023): a linear adapter before the attention's and before the MLP's first
 * layer, which folds into that layer after training.
 *
 * <p>x + s B dropout(A x), with x (B, N, D) normalised, A (R, D) and B (D, R) of G blocks. B begins
 * at zero, so the first step is the frozen backbone's.
 *
 * <p>Parameters for width d, depth L: 2 L (R d + R d / G), and 2 L (R + d) with biases; 221,184 for
 * ViT-B/16 at bottleneck 8 and 2 groups, 239,808 with biases; half for {@code target=attention}.
 */
public final class RepAdapterMethod implements BackboneMethod<RepAdapterConfig> {

  @Override
  public String id() {
    return "repadapter";
  }

  @Override
  public String title() {
    return "RepAdapter: adapters that fold into the next layer";
  }

  @Override
  public String bibtex() {
    return """
        @article{luo2023towards,
          title   = {Towards Efficient Visual Adaption via Structural Re-parameterization},
          author  = {Luo, Gen and Huang, Minglang and Zhou, Yiyi and Sun, Xiaoshuai and Jiang, Guannan and Wang, Zhiyu and Ji, Rongrong},
          journal = {arXiv preprint arXiv:2302.08106},
          year    = {2023}
        }""";
  }

  @Override
  public Class<RepAdapterConfig> configType() {
    return RepAdapterConfig.class;
  }

  @Override
  public String equation() {
    return """
        qkv(f(x)) and fc1(f(x)) for qkv(x) and fc1(x), f(x) = x + s B dropout(A x)
        x (B, N, D), A (R, D), B (D, R) block-diagonal with G blocks (D/G, R/G), zero at first
        bias=true: f(x) = x + s (B dropout(A x + a) + b)
        target=attention: qkv alone""";
  }

  @Override
  public boolean startsAsBackbone(RepAdapterConfig config) {
    return true;
  }

  @Override
  public long trainableParameters(RepAdapterConfig config, ViTConfig backbone) {
    long d = backbone.width();
    long r = config.bottleneck();
    long values = r * d + r / config.groups() * d + (config.bias() ? r + d : 0);
    long adapters = config.target() == Target.BOTH ? 2 : 1;
    return adapters * backbone.depth() * values;
  }

  @Override
  public List<Preset> presets() {
    return RepAdapterPresets.ALL;
  }

  @Override
  public List<String> reconstructions() {
    return List.of(
        "The published count has no biases, the authors' code has them: bias=true adds them.");
  }

  @Override
  public void adapt(RepAdapterConfig config, VisionTransformer backbone) {
    long width = backbone.config().width();
    if (width % config.groups() != 0) {
      throw new IllegalArgumentException(
          "width " + width + " cannot be split into " + config.groups() + " groups");
    }
    backbone.wrap("blocks.*.attn.qkv", qkv -> new AdaptedLinear(qkv, config, width));
    if (config.target() == Target.BOTH) {
      backbone.wrap("blocks.*.mlp.fc1", fc1 -> new AdaptedLinear(fc1, config, width));
    }
  }

  @Override
  public boolean merges(RepAdapterConfig config) {
    return true;
  }
}
