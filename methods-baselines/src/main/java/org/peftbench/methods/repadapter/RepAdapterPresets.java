package org.peftbench.methods.repadapter;

import java.util.List;
import org.peftbench.spi.Preset;

/** The authors' factors for VTAB-1K, chosen task by task. */
final class RepAdapterPresets {

  private static final String SOURCE =
      "github.com/luogen1996/RepAdapter, commit 360992fc2a36f069fd168754f14bc1986d869a8f, ";

  static final List<Preset> ALL =
      List.of(
          Preset.of(
              "repblock",
              SOURCE + "configs/repblock",
              """
          cifar100 scale=0.1
          caltech101 scale=5
          dtd scale=1
          flowers102 scale=0.5
          pets scale=0.1
          svhn scale=10
          sun397 scale=0.1
          patch_camelyon scale=1
          eurosat scale=1
          resisc45 scale=5
          diabetic_retinopathy scale=0.1
          clevr_count scale=0.5
          clevr_dist scale=0.1
          dmlab scale=5
          kitti scale=5
          dsprites_loc scale=5
          dsprites_ori scale=0.1
          smallnorb_azi scale=10
          smallnorb_ele scale=1
          """),
          Preset.of(
              "repattn",
              SOURCE + "configs/repattn",
              """
          cifar100 target=attention scale=0.1
          caltech101 target=attention scale=10
          dtd target=attention scale=0.1
          flowers102 target=attention scale=0.5
          pets target=attention scale=0.5
          svhn target=attention scale=10
          sun397 target=attention scale=0.1
          patch_camelyon target=attention scale=0.5
          eurosat target=attention scale=5
          resisc45 target=attention scale=0.1
          diabetic_retinopathy target=attention scale=0.5
          clevr_count target=attention scale=1
          clevr_dist target=attention scale=0.1
          dmlab target=attention scale=5
          kitti target=attention scale=1
          dsprites_loc target=attention scale=10
          dsprites_ori target=attention scale=5
          smallnorb_azi target=attention scale=10
          smallnorb_ele target=attention scale=1
          """));

  private RepAdapterPresets() {}
}
