package org.peftbench.methods.convpass;

import java.util.List;
import org.peftbench.methods.convpass.ConvpassConfig.Target;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.spi.BackboneMethod;
import org.peftbench.spi.Preset;

/**
 * Convpass (Jie et al. 2022): a bottleneck with a 3x3 convolution over the patches, beside
 * attention and beside the MLP.
 *
 * <p>x + attention(LN(x)) + s C(LN(x)), then the same with the MLP, where C(h) = W_up
 * dropout(q(conv(q(W_down h + b_down)))) + b_up, q(t) = t sigmoid(1.702 t), h (B, N, D), W_down (R,
 * D), conv (R, R, 3, 3) and W_up (D, R). W_up begins at zero, so the first step is the frozen
 * backbone's.
 *
 * <p>Parameters for width d, depth L: 2 L ((2 R + 1) d + 9 R^2 + 2 R); 327,552 for ViT-B/16 at
 * bottleneck 8, and half of it, 163,776, for {@code target=attention}.
 */
public final class ConvpassMethod implements BackboneMethod<ConvpassConfig> {

  @Override
  public String id() {
    return "convpass";
  }

  @Override
  public String title() {
    return "Convpass: convolutional bypasses";
  }

  @Override
  public String bibtex() {
    return """
        @article{jie2022convpass,
          title   = {Convolutional Bypasses Are Better Vision Transformer Adapters},
          author  = {Jie, Shibo and Deng, Zhi-Hong},
          journal = {arXiv preprint arXiv:2207.07039},
          year    = {2022}
        }""";
  }

  @Override
  public Class<ConvpassConfig> configType() {
    return ConvpassConfig.class;
  }

  @Override
  public String equation() {
    return """
        x <- x + attention(LN(x)) + s C_1(LN(x)), then x <- x + MLP(LN(x)) + s C_2(LN(x))
        C(h) = W_up dropout(q(conv(q(W_down h + b_down)))) + b_up, q(t) = t sigmoid(1.702 t)
        h (B, N, D), W_down (R, D), W_up (D, R) zero at first, conv (R, R, 3, 3) over the grid of
        patches, and over the class token as an image of one by one
        target=attention: without C_2""";
  }

  @Override
  public boolean startsAsBackbone(ConvpassConfig config) {
    return true;
  }

  @Override
  public long trainableParameters(ConvpassConfig config, ViTConfig backbone) {
    long r = config.bottleneck();
    long bypasses = config.target() == Target.BOTH ? 2 : 1;
    return bypasses * backbone.depth() * ((2 * r + 1) * backbone.width() + 9 * r * r + 2 * r);
  }

  @Override
  public List<Preset> presets() {
    return ConvpassPresets.ALL;
  }

  @Override
  public void adapt(ConvpassConfig config, VisionTransformer backbone) {
    ViTConfig sizes = backbone.config();
    backbone.wrap("blocks.*.attn", base -> new BypassedBranch(base, config, sizes));
    if (config.target() == Target.BOTH) {
      backbone.wrap("blocks.*.mlp", base -> new BypassedBranch(base, config, sizes));
    }
  }
}
