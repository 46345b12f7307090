package org.peftbench.methods.sidetuning;

import java.util.List;
import org.peftbench.layers.NarrowSizes;
import org.peftbench.layers.Readout;
import org.peftbench.model.Tap;
import org.peftbench.model.ViTConfig;
import org.peftbench.spi.FrozenBackbone;
import org.peftbench.spi.SideMethod;
import org.peftbench.spi.SideNetwork;

/**
 * Side-tuning (Zhang, Sax, Zamir, Guibas, Malik 2020): y = a B(x) + (1 - a) S(x), with a =
 * sigmoid(alpha), alpha learned and 0 at first; the frozen B(x) and y are (B, D).
 *
 * <p>The side network S here is a transformer of width w = D/r and a few blocks that reads z_0 (B,
 * N, D), the embedded image, which is linear in the pixels: S = W_up pool(norm(blocks(W_down z_0 +
 * b))).
 *
 * <p>Parameters for width d, side depth l, MLP width h: w = d/r, m = h/r rounded up; 1 + d w + w +
 * l (4 w^2 + 2 w m + 9 w + m) + 2 w + w d; 595,105 for ViT-B/16 at r = 8, l = 4.
 *
 * <p>The side network is a RECONSTRUCTION: see {@link #reconstructions()}.
 */
public final class SideTuningMethod implements SideMethod<SideTuningConfig> {

  @Override
  public String id() {
    return "side-tuning";
  }

  @Override
  public String title() {
    return "Side-tuning: additive side networks";
  }

  @Override
  public String bibtex() {
    return """
        @inproceedings{zhang2020sidetuning,
          title     = {Side-Tuning: A Baseline for Network Adaptation via Additive Side Networks},
          author    = {Zhang, Jeffrey O. and Sax, Alexander and Zamir, Amir and Guibas, Leonidas and Malik, Jitendra},
          booktitle = {European Conference on Computer Vision},
          year      = {2020}
        }""";
  }

  @Override
  public Class<SideTuningConfig> configType() {
    return SideTuningConfig.class;
  }

  @Override
  public String equation() {
    return """
        y = a B(x) + (1 - a) S(x),  a = sigmoid(alpha)
        S(x) = W_up pool(norm(block_l(...block_1(W_down z_0 + b))))
        B(x) (B, D) frozen representation, z_0 (B, N, D) embedded image, alpha (1) zero at first
        W_down (D/r, D), b (D/r), W_up (D, D/r); block_i a transformer block of width D/r""";
  }

  @Override
  public List<String> reconstructions() {
    return List.of(
        "the paper leaves the side network open: here it is a transformer of an eighth of the width"
            + " and four blocks on the backbone's embedded image, drawn anew, not distilled from the"
            + " backbone; for vision transformers, the authors of VPT take a pre-trained AlexNet on"
            + " the pixels",
        "the blend of representations, a at 1/2 first, and a projection without bias are those of"
            + " VPT's code");
  }

  @Override
  public boolean startsAsBackbone(SideTuningConfig config) {
    return false;
  }

  @Override
  public long trainableParameters(SideTuningConfig config, ViTConfig backbone) {
    ViTConfig narrow = NarrowSizes.of(backbone, config.reduction());
    long down = (long) backbone.width() * narrow.width() + narrow.width();
    return 1
        + down
        + config.depth() * NarrowSizes.blockValues(narrow)
        + Readout.values(narrow, backbone.width(), false);
  }

  @Override
  public List<Tap> taps(SideTuningConfig config, ViTConfig backbone) {
    return List.of(Tap.representation(backbone), Tap.block(0));
  }

  @Override
  public SideNetwork build(SideTuningConfig config, FrozenBackbone backbone) {
    return new BlendedNetwork(config, backbone.config());
  }
}
