package org.peftbench.methods.adapter;

import java.util.List;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.spi.BackboneMethod;

/**
 * Adapters in the layout of Pfeiffer et al. (2021), one behind each MLP, as in NOAH's VTAB-1K row
 * "Adapter".
 *
 * <p>The name is ambiguous: the authors of Adapter+ call this placement "intermediate", and their
 * "pfeiffer" reads the tokens after the MLP's residual.
 *
 * <p>x + h + W_up dropout(q(W_down h + b_down)) + b_up with h = MLP(LN(x)) (B, N, D), q(t) = t
 * sigmoid(1.702 t), W_down (R, D) and W_up (D, R).
 *
 * <p>Parameters for width d, depth L: L (2 R d + R + d); 156,768 for ViT-B/16 at bottleneck 8.
 */
public final class AdapterPfeifferMethod implements BackboneMethod<AdapterConfig> {

  @Override
  public String id() {
    return "adapter-pfeiffer";
  }

  @Override
  public String title() {
    return "Adapter: a bottleneck behind each MLP";
  }

  @Override
  public String bibtex() {
    return """
        @inproceedings{pfeiffer2021adapterfusion,
          title     = {{AdapterFusion}: Non-Destructive Task Composition for Transfer Learning},
          author    = {Pfeiffer, Jonas and Kamath, Aishwarya and R{\\"u}ckl{\\'e}, Andreas and Cho, Kyunghyun and Gurevych, Iryna},
          booktitle = {Conference of the European Chapter of the Association for Computational Linguistics},
          year      = {2021}
        }""";
  }

  @Override
  public Class<AdapterConfig> configType() {
    return AdapterConfig.class;
  }

  @Override
  public String equation() {
    return """
        x <- x + A(MLP(LN(x)))
        A(h) = h + W_up dropout(q(W_down h + b_down)) + b_up, q(t) = t sigmoid(1.702 t)
        h (B, N, D), W_down (R, D), W_up (D, R)""";
  }

  @Override
  public boolean startsAsBackbone(AdapterConfig config) {
    return false;
  }

  @Override
  public long trainableParameters(AdapterConfig config, ViTConfig backbone) {
    return backbone.depth() * Adapter.values(config, backbone.width());
  }

  @Override
  public List<String> reconstructions() {
    return List.of(
        "The paper adapts language models; activation, bottleneck, dropout and first values are"
            + " those of NOAH's VTAB-1K row, so that an adapter is not the identity at first.",
        "The placement is NOAH's; the authors of Adapter+ call it intermediate, and their pfeiffer"
            + " reads the tokens after the MLP's residual.");
  }

  @Override
  public void adapt(AdapterConfig config, VisionTransformer backbone) {
    long width = backbone.config().width();
    backbone.wrap("blocks.*.mlp", mlp -> new Adapter(mlp, config, width));
  }
}
