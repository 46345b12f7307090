package org.peftbench.methods.vpt;

import java.util.List;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.spi.BackboneMethod;

/**
 * VPT-shallow (Jia et al. 2022): P trained prompts go through all blocks as tokens, between the
 * class token and the patches.
 *
 * <p>[c_L, _, E_L] = blocks([c_0, P_0, E_0]), with c (B, 1, D), E (B, N - 1, D) and P_0 (P, D)
 * trained; what becomes of the prompts is left out of the representation.
 *
 * <p>Parameters for width d: P d; 38,400 for ViT-B/16 with 50 prompts.
 */
public final class VptShallowMethod implements BackboneMethod<VptShallowConfig> {

  @Override
  public String id() {
    return "vpt-shallow";
  }

  @Override
  public String title() {
    return "VPT-shallow: visual prompt tuning at the input";
  }

  @Override
  public String bibtex() {
    return Source.BIBTEX;
  }

  @Override
  public Class<VptShallowConfig> configType() {
    return VptShallowConfig.class;
  }

  @Override
  public String equation() {
    return """
        [c_L, _, E_L] = blocks([c_0, P_0, E_0])
        c (B, 1, D), E (B, N - 1, D), prompts P_0 (P, D) ~ U(-v, v), v^2 = 6 / (3 patch^2 + D)""";
  }

  @Override
  public List<String> reconstructions() {
    return Source.RECONSTRUCTIONS;
  }

  @Override
  public boolean startsAsBackbone(VptShallowConfig config) {
    return false;
  }

  @Override
  public long trainableParameters(VptShallowConfig config, ViTConfig backbone) {
    return (long) config.prompts() * backbone.width();
  }

  @Override
  public void adapt(VptShallowConfig config, VisionTransformer backbone) {
    ViTConfig vit = backbone.config();
    backbone.wrap(
        "blocks",
        blocks -> new Prompted(blocks, vit, config.prompts(), config.dropout(), true, true));
  }
}
