package org.peftbench.methods.losa;

import java.util.ArrayList;
import java.util.List;
import org.peftbench.model.Tap;
import org.peftbench.model.ViTConfig;
import org.peftbench.spi.FrozenBackbone;
import org.peftbench.spi.SideMethod;
import org.peftbench.spi.SideNetwork;

/**
 * LoSA (Mercea, Gritsenko, Schmid, Arnab, CVPR 2024, arXiv:2402.02887).
 *
 * <p>The frozen backbone gives b_1..b_L (B, N, D), the tokens after each block. Beside it runs the
 * stream y_0 = b_L, y_i = g_i(b_i + y_{i-1}) + y_{i-1}; y_L goes through the backbone's norm and
 * pooling to a linear head. g_i is a low-rank mixer: an MLP of rank r along the channels, then one
 * along the tokens.
 *
 * <p>Parameters for m = L/stride mixers, width d and n tokens: m (2 d r + 2 n r); 185,280 for
 * ViT-B/16. Biases add d + r and n + r. With frames T, patch tokens are mixed in space, (n - 1) / T
 * of them, and in time, T of them: 2 ((n - 1) / T + T) r instead of 2 n r. Of clips, whose T frames
 * the backbone sees one by one, 2 (n + T) r.
 *
 * <p>RECONSTRUCTION: see {@link #reconstructions()}.
 */
public final class LosaMethod implements SideMethod<LosaConfig> {

  @Override
  public String id() {
    return "losa";
  }

  @Override
  public String title() {
    return "LoSA: low-rank side adaptation";
  }

  @Override
  public String bibtex() {
    return """
        @inproceedings{mercea2024losa,
          title     = {Time-, Memory- and Parameter-Efficient Visual Adaptation},
          author    = {Mercea, Otniel-Bogdan and Gritsenko, Alexey and Schmid, Cordelia and Arnab, Anurag},
          booktitle = {Proceedings of the IEEE/CVF Conference on Computer Vision and Pattern Recognition},
          year      = {2024}
        }""";
  }

  @Override
  public Class<LosaConfig> configType() {
    return LosaConfig.class;
  }

  @Override
  public String equation() {
    return """
        y_0 = b_L;  y_i = y_{i-1} + g_i(b_i + y_{i-1}), i = 1..L
        g(X) = s (C(X) + T(X + C(X))),  without skip  g(X) = s T(C(X))
        C(X) = gelu(X W_1) W_2,  T(X) = V_2 gelu(V_1 X)
        y = pool(norm(y_L))
        b_i (B, N, D) frozen, W_1 (D, r), W_2 (r, D), V_1 (r, N), V_2 (N, r)""";
  }

  @Override
  public List<String> reconstructions() {
    return List.of(
        "the mixer's order, activation and skips could not be read by the authors of this harness:"
            + " channels, then tokens, GELU between the projections, each mixer added to its input",
        "rank, scale and initialisation could not be read by the authors of this harness: rank 8"
            + " without biases, scale 1, zero up-projections, so that the first result is the"
            + " backbone's",
        "the head reads the backbone's frozen norm and pooling",
        "of clips, tokens are mixed in space and then in time, each token along the frames, and the"
            + " result is the mean of the frames': the paper factorises the token axis so, but how its"
            + " two parts meet and how frames are pooled could not be read");
  }

  @Override
  public boolean startsAsBackbone(LosaConfig config) {
    return config.zeroInit() && config.start() == LosaConfig.Start.LAST_BLOCK;
  }

  @Override
  public long trainableParameters(LosaConfig config, ViTConfig backbone) {
    long mixer = 0;
    if (config.mixesChannels()) {
      mixer += projections(backbone.width(), config);
    }
    if (config.mixesTokens()) {
      for (int length : TokenMixer.lengths(config, backbone)) {
        mixer += projections(length, config);
      }
    }
    return depths(config, backbone).size() * mixer;
  }

  private static long projections(long length, LosaConfig config) {
    return 2 * length * config.rank() + (config.bias() ? length + config.rank() : 0);
  }

  /** The start, if it is not read anyway, then b_i of each mixer; the last is always b_L. */
  @Override
  public List<Tap> taps(LosaConfig config, ViTConfig backbone) {
    List<Tap> taps = new ArrayList<>();
    if (config.start() == LosaConfig.Start.EMBEDDING) {
      taps.add(Tap.block(0));
    }
    depths(config, backbone).forEach(depth -> taps.add(Tap.block(depth)));
    return taps;
  }

  @Override
  public SideNetwork build(LosaConfig config, FrozenBackbone backbone) {
    return new LosaNetwork(config, backbone);
  }

  /** The blocks that are read: the last one always, however the stride divides the depth. */
  static List<Integer> depths(LosaConfig config, ViTConfig backbone) {
    List<Integer> depths = new ArrayList<>();
    for (int i = config.stride(); i < backbone.depth(); i += config.stride()) {
      depths.add(i);
    }
    depths.add(backbone.depth());
    return depths;
  }
}
