package org.peftbench.methods.last;

import java.util.ArrayList;
import java.util.List;
import org.peftbench.layers.LowRankAttention;
import org.peftbench.model.Tap;
import org.peftbench.model.ViTConfig;
import org.peftbench.spi.FrozenBackbone;
import org.peftbench.spi.SideMethod;
import org.peftbench.spi.SideNetwork;

/**
 * LAST, low-rank attention side-tuning (Tang, Fu, Zhu, Wu 2024, arXiv:2402.04009).
 *
 * <p>The L blocks of the frozen backbone are cut into m = L/g groups; z_0 is the embedded image and
 * z_i (B, N, D) leaves group i. Beside it run m LSA blocks, each a stack of T LSA modules f(X) = X
 * + s softmax(QK^T) V A_up of rank R: u_0 = z_0, u_i = F_i(u_{i-1} + z_i). The representation is
 * u_m - (z_0 + ... + z_{m-1}), through the backbone's norm and pooling, to a linear head.
 *
 * <p>Parameters for width d: m T (4 d R + 2 d, and d with bias); 660,480 for ViT-B/16.
 *
 * <p>RECONSTRUCTION: see {@link #reconstructions()}.
 */
public final class LastMethod implements SideMethod<LastConfig> {

  @Override
  public String id() {
    return "last";
  }

  @Override
  public String title() {
    return "LAST: low-rank attention side-tuning";
  }

  @Override
  public String bibtex() {
    return """
        @article{tang2024last,
          title   = {Low-rank Attention Side-Tuning for Parameter-Efficient Fine-Tuning},
          author  = {Tang, Ningyuan and Fu, Minghao and Zhu, Ke and Wu, Jianxin},
          journal = {arXiv preprint arXiv:2402.04009},
          year    = {2024}
        }""";
  }

  @Override
  public Class<LastConfig> configType() {
    return LastConfig.class;
  }

  @Override
  public String equation() {
    return """
        u_0 = z_0;  u_i = F_i(u_{i-1} + z_i), i = 1..m, m = L/g
        F_i = f_T(...f_1(X)),  f(X) = X + s softmax(Q K^T / sqrt(R/H)) V A_up
        Q, K, V = LN(X) A_Q, LN(X) A_K, LN(X) A_V
        y = pool(norm(u_m - (z_0 + ... + z_{m-1})))
        z_i (B, N, D) frozen, A_Q, A_K, A_V (D, R), A_up (R, D)""";
  }

  @Override
  public List<String> reconstructions() {
    return List.of(
        "gap, modules and rank could not be read by the authors of this harness; the defaults"
            + " (g = 3, T = 5, R = 10, bias on the up-projection) give the reported 0.66 M"
            + " parameters on ViT-B/16",
        "heads, initialisation and the index of the recursion could not be read by the authors of"
            + " this harness: one head, zero up-projection, u_0 = z_0",
        "the head reads the backbone's frozen norm, then its pooling; DTL, by three of LAST's"
            + " authors, pools before the norm");
  }

  @Override
  public boolean startsAsBackbone(LastConfig config) {
    return config.zeroInit() && config.correction();
  }

  @Override
  public long trainableParameters(LastConfig config, ViTConfig backbone) {
    long module = LowRankAttention.values(backbone.width(), config.rank(), config.bias());
    return (long) groups(config, backbone) * config.modules() * module;
  }

  @Override
  public List<Tap> taps(LastConfig config, ViTConfig backbone) {
    List<Tap> taps = new ArrayList<>();
    int groups = groups(config, backbone);
    // Starting from zero, z_m is never read.
    int last = config.start() == LastConfig.Start.EMBEDDING ? groups : groups - 1;
    for (int i = 0; i <= last; i++) {
      taps.add(Tap.block(Math.min(i * config.gap(), backbone.depth())));
    }
    return taps;
  }

  @Override
  public SideNetwork build(LastConfig config, FrozenBackbone backbone) {
    return new LastNetwork(config, backbone);
  }

  /** m: a last group may be shorter when the gap does not divide the depth. */
  static int groups(LastConfig config, ViTConfig backbone) {
    return (backbone.depth() + config.gap() - 1) / config.gap();
  }
}
