package org.peftbench.methods.adapterplus;

import java.util.List;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.spi.BackboneMethod;
import org.peftbench.spi.Preset;

/**
 * Adapter+ (Steitz, Roth 2024): an adapter after every block ("Post-Adapter"), with a learned scale
 * for each channel and Houlsby's initialisation.
 *
 * <p>x = block(z), y = x + s * (W_up GELU(W_down x + b_down) + b_up), with x, y (B, N, D), W_down
 * (R, D), W_up (D, R) and s (D) ones at first; in training an image skips an adapter with a
 * probability.
 *
 * <p>Parameters for width d, depth L: L (2 d R + R + 2 d); 165,984 for ViT-B/16 at R = 8. (The 0.20
 * M of the paper are with the head, 0.04 M on average.)
 */
public final class AdapterPlusMethod implements BackboneMethod<AdapterPlusConfig> {

  private static final String SOURCE =
      "visinf/adapter_plus @191c4ab26fc97ea09ae390383ff79327822853ff, conf/experiment/vtab/";

  @Override
  public String id() {
    return "adapter-plus";
  }

  @Override
  public String title() {
    return "Adapter+";
  }

  @Override
  public String bibtex() {
    return """
        @inproceedings{steitz2024adapters,
          title     = {Adapters Strike Back},
          author    = {Steitz, Jan-Martin O. and Roth, Stefan},
          booktitle = {IEEE/CVF Conference on Computer Vision and Pattern Recognition},
          year      = {2024}
        }""";
  }

  @Override
  public Class<AdapterPlusConfig> configType() {
    return AdapterPlusConfig.class;
  }

  @Override
  public String equation() {
    return """
        x = block(z)
        y = x + s * drop_path(W_up GELU(W_down x + b_down) + b_up)
        x, y (B, N, D), W_down (R, D), W_up (D, R), normal 0.01 at first; b_down (R), b_up (D) zero
        s (D), one at first, channel by channel""";
  }

  @Override
  public List<Preset> presets() {
    return List.of(
        Preset.of(
            "dim1-4",
            SOURCE + "adapter_plus_dim1-4.yaml",
            """
            cifar100 bottleneck=1
            caltech101 bottleneck=4
            dtd bottleneck=2
            flowers102 bottleneck=1
            pets bottleneck=4
            svhn bottleneck=4
            sun397 bottleneck=1
            patch_camelyon bottleneck=4
            eurosat bottleneck=2
            resisc45 bottleneck=4
            diabetic_retinopathy bottleneck=2
            clevr_count bottleneck=4
            clevr_dist bottleneck=2
            dmlab bottleneck=4
            kitti bottleneck=4
            dsprites_loc bottleneck=4
            dsprites_ori bottleneck=4
            smallnorb_azi bottleneck=4
            smallnorb_ele bottleneck=4
            """),
        Preset.of(
            "dim1-8",
            SOURCE + "adapter_plus_dim1-8.yaml",
            """
            cifar100 bottleneck=1
            caltech101 bottleneck=4
            dtd bottleneck=2
            flowers102 bottleneck=1
            pets bottleneck=8
            svhn bottleneck=8
            sun397 bottleneck=1
            patch_camelyon bottleneck=8
            eurosat bottleneck=2
            resisc45 bottleneck=8
            diabetic_retinopathy bottleneck=8
            clevr_count bottleneck=4
            clevr_dist bottleneck=8
            dmlab bottleneck=8
            kitti bottleneck=8
            dsprites_loc bottleneck=8
            dsprites_ori bottleneck=4
            smallnorb_azi bottleneck=8
            smallnorb_ele bottleneck=8
            """),
        Preset.of(
            "dim1-32",
            SOURCE + "adapter_plus_dim1-32.yaml",
            """
            cifar100 bottleneck=1
            caltech101 bottleneck=4
            dtd bottleneck=2
            flowers102 bottleneck=1
            pets bottleneck=8
            svhn bottleneck=16
            sun397 bottleneck=1
            patch_camelyon bottleneck=16
            eurosat bottleneck=2
            resisc45 bottleneck=32
            diabetic_retinopathy bottleneck=32
            clevr_count bottleneck=4
            clevr_dist bottleneck=8
            dmlab bottleneck=8
            kitti bottleneck=8
            dsprites_loc bottleneck=32
            dsprites_ori bottleneck=4
            smallnorb_azi bottleneck=32
            smallnorb_ele bottleneck=8
            """));
  }

  @Override
  public boolean startsAsBackbone(AdapterPlusConfig config) {
    return false;
  }

  @Override
  public long trainableParameters(AdapterPlusConfig config, ViTConfig backbone) {
    long width = backbone.width();
    long bottleneck = config.bottleneck();
    long adapter = 2 * width * bottleneck + bottleneck + 2 * width;
    return backbone.depth() * adapter;
  }

  @Override
  public void adapt(AdapterPlusConfig config, VisionTransformer backbone) {
    long width = backbone.config().width();
    backbone.wrap("blocks.*", block -> new PostAdapter(block, config, width));
  }
}
