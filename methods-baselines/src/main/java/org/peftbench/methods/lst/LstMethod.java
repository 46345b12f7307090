package org.peftbench.methods.lst;

import java.util.List;
import java.util.stream.IntStream;
import org.peftbench.layers.NarrowSizes;
import org.peftbench.layers.Readout;
import org.peftbench.model.Tap;
import org.peftbench.model.ViTConfig;
import org.peftbench.spi.FrozenBackbone;
import org.peftbench.spi.SideMethod;
import org.peftbench.spi.SideNetwork;

/**
 * LST, ladder side-tuning (Sung, Cho, Bansal 2022), ported from T5 to vision transformers.
 *
 * <p>Beside the frozen backbone runs a transformer of width w = D/r and the same depth. h_0 =
 * W_first z_0; for i = 1..L, with z_i (B, N, D) what leaves block i: gate_i = sigmoid(alpha_i / T),
 * h_i = block_i(gate_i h_{i-1} + (1 - gate_i) W_i z_i), all (B, N, w). The representation is W_up
 * pool(norm(h_L)) + b, (B, D).
 *
 * <p>Parameters for width d, depth L, MLP width h: w = d/r, m = h/r rounded up; L (4 w^2 + 2 w m +
 * 9 w + m) for the blocks, (L + 1) (d w + w) on the way down, L gates, 2 w + w d + d for the last
 * step; 2,376,492 for ViT-B/16 at r = 8.
 *
 * <p>The port is a RECONSTRUCTION: see {@link #reconstructions()}.
 */
public final class LstMethod implements SideMethod<LstConfig> {

  @Override
  public String id() {
    return "lst";
  }

  @Override
  public String title() {
    return "LST: ladder side-tuning";
  }

  @Override
  public String bibtex() {
    return """
        @inproceedings{sung2022lst,
          title     = {{LST}: Ladder Side-Tuning for Parameter and Memory Efficient Transfer Learning},
          author    = {Sung, Yi-Lin and Cho, Jaemin and Bansal, Mohit},
          booktitle = {Advances in Neural Information Processing Systems},
          year      = {2022}
        }""";
  }

  @Override
  public Class<LstConfig> configType() {
    return LstConfig.class;
  }

  @Override
  public String equation() {
    return """
        h_0 = W_first z_0
        h_i = block_i(gate_i h_{i-1} + (1 - gate_i) W_i z_i),  gate_i = sigmoid(alpha_i / T), i = 1..L
        y = W_up pool(norm(h_L)) + b
        z_i (B, N, D) after block i, frozen; h_i (B, N, D/r); W_first, W_i (D/r, D) with bias
        alpha_i (1) zero at first; block_i a transformer block of width D/r; W_up (D, D/r), b (D)""";
  }

  @Override
  public List<String> reconstructions() {
    return List.of(
        "the paper adapts T5, and CLIP-BART and CLIP-T5; the port to a plain vision transformer is"
            + " ours, and has exactly the 2.38 M parameters of the rows quoted on VTAB-1K",
        "the paper begins with weights pruned from the backbone; here the blocks are drawn anew"
            + " (Xavier uniform), and the projections as in the authors' code (normal, 0.01)",
        "the narrow tokens are pooled as the backbone's are",
        "where the backbone's heads do not divide the narrow width, their greatest common divisor is"
            + " taken");
  }

  @Override
  public boolean startsAsBackbone(LstConfig config) {
    return false;
  }

  @Override
  public long trainableParameters(LstConfig config, ViTConfig backbone) {
    ViTConfig narrow = NarrowSizes.of(backbone, config.reduction());
    long depth = backbone.depth();
    long down = (long) backbone.width() * narrow.width() + narrow.width();
    return depth * NarrowSizes.blockValues(narrow)
        + (depth + 1) * down
        + depth
        + Readout.values(narrow, backbone.width(), true);
  }

  @Override
  public List<Tap> taps(LstConfig config, ViTConfig backbone) {
    return IntStream.rangeClosed(0, backbone.depth()).mapToObj(Tap::block).toList();
  }

  @Override
  public SideNetwork build(LstConfig config, FrozenBackbone backbone) {
    return new LadderNetwork(config, backbone.config());
  }
}
