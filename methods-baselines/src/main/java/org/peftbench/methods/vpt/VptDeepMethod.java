package org.peftbench.methods.vpt;

import java.util.List;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.spi.BackboneMethod;
import org.peftbench.spi.Preset;

/**
 * VPT-deep (Jia et al. 2022): every block sees P trained prompts of its own as tokens, between the
 * class token and the patches.
 *
 * <p>[c_i, _, E_i] = block_i([c_{i-1}, P_{i-1}, E_{i-1}]), i = 1..L, with c (B, 1, D), E (B, N - 1,
 * D) and P_0..P_{L-1} (P, D) trained: what a block makes of its prompts is replaced by the next
 * block's.
 *
 * <p>Parameters for width d, depth L: L P d; 460,800 for ViT-B/16 with 50 prompts.
 */
public final class VptDeepMethod implements BackboneMethod<VptDeepConfig> {

  private static final Preset ADAPTER_PLUS =
      Preset.of(
          "adapter-plus",
          "github.com/visinf/adapter_plus, conf/experiment/vtab/vpt.yaml and"
              + " conf/prompt/prepend.yaml at 191c4ab",
          """
          cifar100             prompts=10  dropout=0.1
          caltech101           prompts=10  dropout=0.1
          dtd                  prompts=10  dropout=0.1
          flowers102           prompts=1   dropout=0.1
          pets                 prompts=1   dropout=0.1
          svhn                 prompts=50  dropout=0.1
          sun397               prompts=5   dropout=0.1
          patch_camelyon       prompts=100 dropout=0.1
          eurosat              prompts=100 dropout=0.1
          resisc45             prompts=10  dropout=0.1
          diabetic_retinopathy prompts=1   dropout=0.1
          clevr_count          prompts=100 dropout=0.1
          clevr_dist           prompts=200 dropout=0.1
          dmlab                prompts=100 dropout=0.1
          kitti                prompts=100 dropout=0.1
          dsprites_loc         prompts=100 dropout=0.1
          dsprites_ori         prompts=100 dropout=0.1
          smallnorb_azi        prompts=200 dropout=0.1
          smallnorb_ele        prompts=200 dropout=0.1
          """);

  @Override
  public String id() {
    return "vpt-deep";
  }

  @Override
  public String title() {
    return "VPT-deep: visual prompt tuning of every block";
  }

  @Override
  public String bibtex() {
    return Source.BIBTEX;
  }

  @Override
  public Class<VptDeepConfig> configType() {
    return VptDeepConfig.class;
  }

  @Override
  public String equation() {
    return """
        [c_i, _, E_i] = block_i([c_{i-1}, P_{i-1}, E_{i-1}]), i = 1..L
        c (B, 1, D), E (B, N - 1, D), prompts P_i (P, D) ~ U(-v, v), v^2 = 6 / (3 patch^2 + D)""";
  }

  @Override
  public List<String> reconstructions() {
    return Source.RECONSTRUCTIONS;
  }

  @Override
  public List<Preset> presets() {
    return List.of(ADAPTER_PLUS);
  }

  @Override
  public boolean startsAsBackbone(VptDeepConfig config) {
    return false;
  }

  @Override
  public long trainableParameters(VptDeepConfig config, ViTConfig backbone) {
    return (long) backbone.depth() * config.prompts() * backbone.width();
  }

  @Override
  public void adapt(VptDeepConfig config, VisionTransformer backbone) {
    ViTConfig vit = backbone.config();
    int depth = vit.depth();
    for (int i = 0; i < depth; i++) {
      boolean first = i == 0;
      boolean last = i == depth - 1;
      backbone.wrap(
          "blocks." + i,
          block -> new Prompted(block, vit, config.prompts(), config.dropout(), first, last));
    }
  }
}
