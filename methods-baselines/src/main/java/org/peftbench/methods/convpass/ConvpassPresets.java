package org.peftbench.methods.convpass;

import java.util.List;
import org.peftbench.spi.Preset;

/** The authors' hyper-parameters of VTAB-1K, chosen task by task. */
final class ConvpassPresets {

  private static final String SOURCE =
      "github.com/JieShibo/PETL-ViT, commit 026e4f12cfbe1e46bfb4d3ed5ba09f2d9f83e91e, ";

  static final List<Preset> ALL =
      List.of(
          Preset.of(
              "petl-vit",
              SOURCE + "convpass/vtab/configs/convpass",
              """
          cifar100 scale=0.1 conv-init=identity
          caltech101 scale=1 conv-init=identity
          dtd scale=0.01 conv-init=xavier
          flowers102 scale=0.1 conv-init=xavier
          pets scale=1 conv-init=xavier
          svhn scale=100 conv-init=xavier
          sun397 scale=0.1 conv-init=identity
          patch_camelyon scale=10 conv-init=identity
          eurosat scale=10 conv-init=identity
          resisc45 scale=10 conv-init=identity
          diabetic_retinopathy scale=1 conv-init=identity
          clevr_count scale=1 conv-init=identity
          clevr_dist scale=0.1 conv-init=xavier
          dmlab scale=10 conv-init=identity
          kitti scale=10 conv-init=xavier
          dsprites_loc scale=100 conv-init=xavier
          dsprites_ori scale=0.1 conv-init=xavier
          smallnorb_azi scale=100 conv-init=xavier
          smallnorb_ele scale=1 conv-init=xavier
          """),
          Preset.of(
              "petl-vit-attention",
              SOURCE + "convpass/vtab/configs/convpass_attn",
              """
          cifar100 target=attention scale=0.1 conv-init=xavier
          caltech101 target=attention scale=100 conv-init=xavier
          dtd target=attention scale=0.1 conv-init=xavier
          flowers102 target=attention scale=1 conv-init=xavier
          pets target=attention scale=1 conv-init=xavier
          svhn target=attention scale=100 conv-init=xavier
          sun397 target=attention scale=0.1 conv-init=xavier
          patch_camelyon target=attention scale=10 conv-init=xavier
          eurosat target=attention scale=10 conv-init=xavier
          resisc45 target=attention scale=100 conv-init=xavier
          diabetic_retinopathy target=attention scale=0.1 conv-init=xavier
          clevr_count target=attention scale=10 conv-init=xavier
          clevr_dist target=attention scale=1 conv-init=xavier
          dmlab target=attention scale=10 conv-init=xavier
          kitti target=attention scale=10 conv-init=xavier
          dsprites_loc target=attention scale=10 conv-init=xavier
          dsprites_ori target=attention scale=1 conv-init=xavier
          smallnorb_azi target=attention scale=100 conv-init=xavier
          smallnorb_ele target=attention scale=1 conv-init=xavier
          """));

  private ConvpassPresets() {}
}
