package org.peftbench.methods.losa;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import org.peftbench.model.Init;
import org.peftbench.model.Linear;
import org.peftbench.model.Part;
import org.peftbench.model.ViTConfig;

/**
 * g(X) = s (C(X) + T(X + C(X))), or s T(C(X)) without skip; (B, N, D) to (B, N, D).
 *
 * <ul>
 *   <li>{@code channel.down.weight} (r, D), {@code channel.up.weight} (D, r)
 *   <li>{@code token}, see {@link TokenMixer}
 * </ul>
 */
final class LowRankMixer extends Part {

  private final LosaConfig config;

  LowRankMixer(LosaConfig config, ViTConfig backbone) {
    this.config = config;
    if (config.mixesChannels()) {
      add("channel", new ChannelMixer(config, backbone.width()));
    }
    if (config.mixesTokens()) {
      add("token", new TokenMixer(config, backbone));
    }
  }

  /** Up-projections at zero still get gradients, as long as one of a chain is not. */
  static Init up(LosaConfig config) {
    return config.zeroInit() ? Init.ZEROS : Init.xavierUniform();
  }

  @Override
  public NDArray forward(NDArray x, boolean training) {
    return scoped(
        () -> {
          NDArray mixed = mix(x, training);
          return scaled(mixed, config.scale());
        });
  }

  private NDArray mix(NDArray x, boolean training) {
    if (!config.mixesTokens()) {
      return part("channel").forward(x, training);
    }
    if (!config.mixesChannels()) {
      return part("token").forward(x, training);
    }
    NDArray channels = part("channel").forward(x, training);
    return config.skip()
        ? channels.add(part("token").forward(x.add(channels), training))
        : part("token").forward(channels, training);
  }

  /** C(X) = gelu(X W_1) W_2. */
  private static final class ChannelMixer extends Part {

    ChannelMixer(LosaConfig config, long width) {
      // In a chain without skips only the last projection may begin at zero: after two of them in a
      // row no gradient would reach either.
      boolean chained = config.mixesTokens() && !config.skip();
      Init up = chained ? Init.xavierUniform() : up(config);
      add("down", new Linear(width, config.rank(), Init.xavierUniform(), config.bias()));
      add("up", new Linear(config.rank(), width, up, config.bias()));
    }

    @Override
    public NDArray forward(NDArray x, boolean training) {
      return scoped(
          () -> part("up").forward(Activation.gelu(part("down").forward(x, training)), training));
    }
  }
}
