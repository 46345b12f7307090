package org.peftbench.methods.dtl;

import java.util.ArrayList;
import java.util.List;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.spi.BackboneMethod;
import org.peftbench.spi.Preset;

/**
 * DTL+ (Fu, Zhu, Wu 2024): {@link DtlMethod} with one depthwise convolution g of kernel (D, 1, k,
 * k), shared by all adapted blocks. Their output becomes block_i(x_i) + swish(h_i) for the class
 * token and block_i(x_i) + g(swish(h_i)) for the patches (B, N - 1, D), as a square map.
 *
 * <p>Parameters for width d, depth L: 2 L d R + d k^2; 43,776 for ViT-B/16 at rank 2, k = 3.
 */
public final class DtlPlusMethod implements BackboneMethod<DtlPlusConfig> {

  @Override
  public String id() {
    return "dtl-plus";
  }

  @Override
  public String title() {
    return "DTL+: disentangled transfer learning with a shared convolution";
  }

  @Override
  public String bibtex() {
    return DtlMethod.BIBTEX;
  }

  @Override
  public Class<DtlPlusConfig> configType() {
    return DtlPlusConfig.class;
  }

  @Override
  public String equation() {
    return """
        h_i = h_{i-1} + B_i A_i x_i, i = 1..L,  h_0 = 0
        x_{i+1} = block_i(x_i), and + g(swish(h_i)) for i > L - M,  swish(t) = t sigmoid(beta t)
        x_i, h_i (B, N, D), A_i (R, D), B_i (D, R) zero at first
        g: depthwise convolution of the patches, kernel (D, 1, k, k); the class token stays as it is""";
  }

  @Override
  public List<Preset> presets() {
    return List.of(
        Preset.of(
            "published",
            "heekhero/DTL @bf6c51e679d7d2244f4c8337cb68a85b54e7c37a,"
                + " train_scripts/vit/vtab/*/train_dtl+.sh: fusion_size",
            """
            cifar100 kernel=3
            caltech101 kernel=3
            dtd kernel=5
            flowers102 kernel=5
            pets kernel=3
            svhn kernel=5
            sun397 kernel=5
            patch_camelyon kernel=4
            eurosat kernel=3
            resisc45 kernel=3
            diabetic_retinopathy kernel=5
            clevr_count kernel=5
            clevr_dist kernel=4
            dmlab kernel=3
            kitti kernel=4
            dsprites_loc kernel=4
            dsprites_ori kernel=5
            smallnorb_azi kernel=5
            smallnorb_ele kernel=5
            """));
  }

  @Override
  public List<String> reconstructions() {
    List<String> all = new ArrayList<>(DtlMethod.RECONSTRUCTIONS);
    all.add(
        "at least two blocks are adapted, because the last block's convolution never reaches a class"
            + " token");
    return all;
  }

  @Override
  public boolean startsAsBackbone(DtlPlusConfig config) {
    return true;
  }

  @Override
  public long trainableParameters(DtlPlusConfig config, ViTConfig backbone) {
    long lowRank = 2L * backbone.depth() * backbone.width() * config.rank();
    return lowRank + (long) backbone.width() * config.kernel() * config.kernel();
  }

  @Override
  public void adapt(DtlPlusConfig config, VisionTransformer backbone) {
    ViTConfig vit = backbone.config();
    if (vit.depth() == 1 && vit.pooling() == ViTConfig.Pooling.CLS) {
      throw new IllegalArgumentException(
          "one block alone: no convolution of its patches reaches the class token");
    }
    backbone.wrap("blocks", blocks -> new DtlPlusBlocks(blocks, config, vit));
  }
}
