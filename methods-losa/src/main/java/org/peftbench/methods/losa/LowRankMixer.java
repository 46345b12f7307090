package org.peftbench.methods.losa;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Activation;
import org.peftbench.model.Init;
import org.peftbench.model.Linear;
import org.peftbench.model.LinearMap;
import org.peftbench.model.Part;
import org.peftbench.model.TorchScript;
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

  // A product of low rank is never written out: V_1 (X + h W_2) = V_1 X + (V_1 h) W_2, and both
  // increments are added to the stream in one product. Of all maps autograd keeps X alone. A stream
  // that carries a gradient is the mixers' own, and nothing else reads it: it is added to in place;
  // a tap never is.
  /** Apart, so that who only counts values needs no engine. */
  private static final class Compiled {
    static final TorchScript SCRIPT =
        TorchScript.compile(
            LinearMap.SOURCE
                + """
              def both(self: __torch__.M, y: Tensor, b: Tensor, n: Tensor, s: Tensor, w1: Tensor, c1: Tensor, w2: Tensor, c2: Tensor, v1: Tensor, d1: Tensor, v2: Tensor, d2: Tensor) -> Tensor:
                x = y + b
                h = torch.gelu(self.linear(x, w1, None) + c1)
                a = torch.gelu(torch.bmm(self.each(v1, y), x) + self.along(v1, h, w2, c2) + d1)
                left = torch.cat([h, self.each(v2, y)], 2)
                right = torch.cat([self.each(torch.t(w2), y), a], 1)
                return self.add(y, left, right, c2, d2, n, s)
              def chained(self: __torch__.M, y: Tensor, b: Tensor, n: Tensor, s: Tensor, w1: Tensor, c1: Tensor, w2: Tensor, c2: Tensor, v1: Tensor, d1: Tensor, v2: Tensor, d2: Tensor) -> Tensor:
                h = torch.gelu(self.linear(y + b, w1, None) + c1)
                a = torch.gelu(self.along(v1, h, w2, c2) + d1)
                return self.add(y, self.each(v2, y), a, torch.zeros([]), d2, n, s)
              def channel(self: __torch__.M, y: Tensor, b: Tensor, n: Tensor, s: Tensor, w1: Tensor, c1: Tensor, w2: Tensor, c2: Tensor) -> Tensor:
                h = torch.gelu(self.linear(y + b, w1, None) + c1)
                return self.add(y, h, self.each(torch.t(w2), y), c2, torch.zeros([]), n, s)
              def token(self: __torch__.M, y: Tensor, b: Tensor, n: Tensor, s: Tensor, v1: Tensor, d1: Tensor, v2: Tensor, d2: Tensor) -> Tensor:
                a = torch.gelu(torch.bmm(self.each(v1, y), y + b) + d1)
                return self.add(y, self.each(v2, y), a, torch.zeros([]), d2, n, s)
              def along(self: __torch__.M, v1: Tensor, h: Tensor, w2: Tensor, c2: Tensor) -> Tensor:
                return torch.matmul(torch.bmm(self.each(v1, h), h), torch.t(w2)) + torch.sum(v1, [1], True) * c2
              def each(self: __torch__.M, x: Tensor, y: Tensor) -> Tensor:
                return torch.expand(x, [torch.size(y, 0), -1, -1])
              def add(self: __torch__.M, y: Tensor, left: Tensor, right: Tensor, c: Tensor, d: Tensor, n: Tensor, s: Tensor) -> Tensor:
                wanted = int(n)
                alpha = float(s)
                own = y.requires_grad
                if wanted < torch.size(y, 1):
                  y = torch.narrow(y, 1, 0, wanted)
                  left = torch.narrow(left, 1, 0, wanted)
                  own = False
                if torch.is_autocast_enabled() or torch.is_autocast_cpu_enabled():
                  y = torch.add(y, torch.bmm(left, right), alpha=alpha)
                elif own:
                  y = torch.baddbmm_(y, left, right, beta=1, alpha=alpha)
                else:
                  y = torch.baddbmm(y, left, right, beta=1, alpha=alpha)
                if torch.dim(c) > 0:
                  y = torch.add_(y, c, alpha=alpha)
                if torch.dim(d) > 0:
                  y = torch.add_(y, torch.narrow(d, 0, 0, wanted), alpha=alpha)
                return y
            """);
  }

  private final LosaConfig config;

  /** Whether tokens are mixed along one axis alone. */
  private final boolean fused;

  LowRankMixer(LosaConfig config, ViTConfig backbone) {
    this.config = config;
    this.fused = config.frames() == 1 && !config.mixesTime(backbone);
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

  /**
   * Computes y + g(b + y) of the first tokens, (B, n, D).
   *
   * @param y the stream, which is used up
   * @param b what leaves a block of the backbone
   * @param tokens n
   */
  NDArray next(NDArray y, NDArray b, int tokens, boolean training) {
    if (!fused) {
      return scoped(() -> y.add(forward(b.add(y), training)));
    }
    NDList arguments = new NDList(y, b, number(tokens), number(config.scale()));
    if (config.mixesChannels()) {
      arguments.add(value("channel.down.weight"));
      arguments.add(bias("channel.down.bias"));
      arguments.add(value("channel.up.weight"));
      arguments.add(bias("channel.up.bias"));
    }
    if (config.mixesTokens()) {
      arguments.add(value("token.space.down"));
      arguments.add(bias("token.space.down_bias"));
      arguments.add(value("token.space.up"));
      arguments.add(bias("token.space.up_bias"));
    }
    return Compiled.SCRIPT.call(function(), arguments).singletonOrThrow();
  }

  private NDArray bias(String path) {
    return config.bias() ? value(path) : number(0);
  }

  private String function() {
    return switch (config.mixers()) {
      case BOTH -> config.skip() ? "both" : "chained";
      case CHANNEL -> "channel";
      case TOKEN -> "token";
    };
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
