package org.peftbench.methods.adapter;

import java.util.List;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.spi.BackboneMethod;

/**
 * Adapters in the layout of Houlsby et al. (2019), one behind each attention and one behind each
 * MLP.
 *
 * <p>x + h + W_up dropout(q(W_down h + b_down)) + b_up with h = attention(LN(x)), then h =
 * MLP(LN(x)), both (B, N, D), q(t) = t sigmoid(1.702 t), W_down (R, D) and W_up (D, R).
 *
 * <p>Parameters for width d, depth L: 2 L (2 R d + R + d); 313,536 for ViT-B/16 at bottleneck 8.
 */
public final class AdapterHoulsbyMethod implements BackboneMethod<AdapterConfig> {

  @Override
  public String id() {
    return "adapter-houlsby";
  }

  @Override
  public String title() {
    return "Adapter: a bottleneck behind each attention and each MLP";
  }

  @Override
  public String bibtex() {
    return """
        @inproceedings{houlsby2019parameter,
          title     = {Parameter-Efficient Transfer Learning for {NLP}},
          author    = {Houlsby, Neil and Giurgiu, Andrei and Jastrzebski, Stanislaw and Morrone, Bruna and de Laroussilhe, Quentin and Gesmundo, Andrea and Attariyan, Mona and Gelly, Sylvain},
          booktitle = {International Conference on Machine Learning},
          year      = {2019}
        }""";
  }

  @Override
  public Class<AdapterConfig> configType() {
    return AdapterConfig.class;
  }

  @Override
  public String equation() {
    return """
        x <- x + A_1(attention(LN(x))), then x <- x + A_2(MLP(LN(x)))
        A(h) = h + W_up dropout(q(W_down h + b_down)) + b_up, q(t) = t sigmoid(1.702 t)
        h (B, N, D), W_down (R, D), W_up (D, R)""";
  }

  @Override
  public boolean startsAsBackbone(AdapterConfig config) {
    return false;
  }

  @Override
  public long trainableParameters(AdapterConfig config, ViTConfig backbone) {
    return 2L * backbone.depth() * Adapter.values(config, backbone.width());
  }

  @Override
  public List<String> reconstructions() {
    return List.of(
        "The paper adapts BERT; activation, bottleneck, dropout and first values are those of"
            + " NOAH's VTAB-1K row, where the paper begins close to the identity.",
        "The paper trains the LayerNorms too; here they stay frozen.");
  }

  @Override
  public void adapt(AdapterConfig config, VisionTransformer backbone) {
    long width = backbone.config().width();
    backbone.wrap("blocks.*.attn", attention -> new Adapter(attention, config, width));
    backbone.wrap("blocks.*.mlp", mlp -> new Adapter(mlp, config, width));
  }
}
