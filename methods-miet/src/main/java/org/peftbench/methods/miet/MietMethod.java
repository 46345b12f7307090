package org.peftbench.methods.miet;

import java.util.List;
import org.peftbench.layers.LowRankAttention;
import org.peftbench.model.Tap;
import org.peftbench.model.ViTConfig;
import org.peftbench.spi.FrozenBackbone;
import org.peftbench.spi.SideMethod;
import org.peftbench.spi.SideNetwork;

/**
 * MIET, minimal interaction edge tuning; MIST in its CVPR 2025 version (arXiv:2406.17559).
 *
 * <p>The cloud runs the frozen backbone and sends one map (B, N, D): the sum z_0 + ... + z_k of the
 * embedded image and the tokens after the first k blocks; or from z_a on, or of each b-th of them.
 * It may average squares of P x P patch tokens into one, so that N is smaller. The edge trains a
 * light attention network of low rank on it, alone: nothing flows back. Here: T residual modules
 * f(X) = X + s softmax(QK^T) V A_up of rank R, then the backbone's norm and pooling, to a linear
 * head.
 *
 * <p>Parameters for width d: T (4 d R + 2 d, and d with bias); 205,824 for ViT-B/16.
 *
 * <p>RECONSTRUCTION: see {@link #reconstructions()}.
 */
public final class MietMethod implements SideMethod<MietConfig> {

  @Override
  public String id() {
    return "miet";
  }

  @Override
  public String title() {
    return "MIET: minimal interaction edge tuning";
  }

  @Override
  public String bibtex() {
    return """
        @article{tang2024miet,
          title   = {Minimal Interaction Edge Tuning: A New Paradigm for Visual Adaptation},
          author  = {Tang, Ningyuan and Fu, Minghao and Wu, Jianxin},
          journal = {arXiv preprint arXiv:2406.17559},
          year    = {2024}
        }""";
  }

  @Override
  public Class<MietConfig> configType() {
    return MietConfig.class;
  }

  @Override
  public String equation() {
    return """
        G = z_0 + z_1 + ... + z_k; in general z_a + z_(a+b) + ... up to z_k, n maps
        G', the one map that leaves the cloud: G with P x P patch tokens averaged into one; P = 1: G
        u = f_T(...f_1(G' / n)),  f(X) = X + s softmax(Q K^T / sqrt(R/H)) V A_up
        Q, K, V = LN(X) A_Q, LN(X) A_K, LN(X) A_V
        y = pool(norm(u))
        z_i (B, N, D) frozen, G' (B, 1 + (N - 1) / P^2, D), A_Q, A_K, A_V (D, R), A_up (R, D)
        k gather, a first, b step, P pool; without mean, f_1(G') in place of f_1(G' / n)""";
  }

  @Override
  public List<String> reconstructions() {
    return List.of(
        "k could not be read by the authors of this harness: all blocks are summed; the division by"
            + " the number of terms is ours, so that a module's increment is not small beside the"
            + " sum; mean=false is the plain sum",
        "sums of fewer maps (first, step) and averaged patch tokens (pool) are ours: points on the"
            + " curve of accuracy against bytes",
        "the edge network could not be read by the authors of this harness: four low-rank attention"
            + " modules of rank 16 as in LAST of the same authors, Xavier up-projections",
        "the head reads the backbone's frozen norm and pooling, which the edge must have");
  }

  @Override
  public boolean startsAsBackbone(MietConfig config) {
    return false;
  }

  @Override
  public long trainableParameters(MietConfig config, ViTConfig backbone) {
    gathered(config, backbone);
    return config.modules()
        * LowRankAttention.values(backbone.width(), config.rank(), config.bias());
  }

  @Override
  public List<Tap> taps(MietConfig config, ViTConfig backbone) {
    return List.of(gathered(config, backbone));
  }

  @Override
  public SideNetwork build(MietConfig config, FrozenBackbone backbone) {
    return new EdgeNetwork(config, backbone);
  }

  /**
   * G', the map that leaves the cloud.
   *
   * @throws IllegalArgumentException if the backbone has no such map
   */
  static Tap gathered(MietConfig config, ViTConfig backbone) {
    int last = config.gather() == 0 ? backbone.depth() : config.gather();
    if (last > backbone.depth()) {
      throw new IllegalArgumentException(
          "gather %d is more than the backbone's %d blocks".formatted(last, backbone.depth()));
    }
    if (config.first() > last) {
      throw new IllegalArgumentException(
          "first %d is behind z_%d, the last map of the sum".formatted(config.first(), last));
    }
    Tap map = Tap.sum(config.first(), last, config.step()).pooled(config.pool());
    map.tokens(backbone); // refuses squares that do not tile the patches
    return map;
  }
}
