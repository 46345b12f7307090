package org.peftbench.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/**
 * A pre-norm transformer block, (B, N, D) to (B, N, D): x + attn(norm1(x)), then x + mlp(norm2(x)).
 *
 * <p>A half of which no part is wrapped is one call of the engine, and its sum is made in place;
 * what a wrapper gives may be kept by someone, and is left as it is.
 */
public final class TransformerBlock extends Part {

  /** Apart, so that who only counts values needs no engine. */
  private static final class Compiled {

    // Sums are made in place on what a branch gave, unless autocast gave it in fewer bits.
    static final TorchScript SCRIPT =
        TorchScript.compile(
            FusedAttention.SOURCE
                + LinearMap.SOURCE
                + Mlp.SOURCE
                + """
                  def attend(self: __torch__.M, x: Tensor, gamma: Tensor, beta: Tensor, qkv: Tensor, qkvBias: Tensor, proj: Tensor, projBias: Tensor, eps: Tensor, heads: Tensor, untouched: Tensor) -> Tensor:
                    normed = torch.layer_norm(x, [torch.size(x, -1)], gamma, beta, float(eps))
                    attended = self.multihead(self.mapped(normed, qkv, qkvBias, untouched), heads)
                    return self.sum(x, self.mapped(attended, proj, projBias, untouched))
                  def transform(self: __torch__.M, x: Tensor, gamma: Tensor, beta: Tensor, fc1: Tensor, fc1Bias: Tensor, fc2: Tensor, fc2Bias: Tensor, eps: Tensor, untouched: Tensor) -> Tensor:
                    normed = torch.layer_norm(x, [torch.size(x, -1)], gamma, beta, float(eps))
                    active = self.gelu(self.mapped(normed, fc1, fc1Bias, untouched))
                    return self.sum(x, self.mapped(active, fc2, fc2Bias, untouched))
                  def sum(self: __torch__.M, x: Tensor, y: Tensor) -> Tensor:
                    if x.dtype == y.dtype:
                      both = torch.add_(y, x)
                    else:
                      both = torch.add(x, y)
                    return both
                """);
  }

  private final int heads;
  private final double epsilon;
  private final long width;
  private final long widest;

  /** Makes a block of a transformer's sizes, of which width, heads and MLP width count. */
  public TransformerBlock(ViTConfig config) {
    heads = config.heads();
    epsilon = config.layerNormEps();
    width = config.width();
    widest = Math.max(width, config.mlpWidth());
    add("norm1", new LayerNorm(config.width(), epsilon));
    add("attn", new Attention(config));
    add("norm2", new LayerNorm(config.width(), epsilon));
    add("mlp", new Mlp(config));
  }

  @Override
  public NDArray forward(NDArray x, boolean training) {
    return scoped(() -> transform(attend(x, training), training));
  }

  /** Computes the first half: x + attn(norm1(x)). */
  public NDArray attend(NDArray x, boolean training) {
    if (!isPlain("norm1", "attn", "qkv", "proj")) {
      return scoped(() -> x.add(branch("norm1", "attn", x, training)));
    }
    NDList arguments = arguments(x, "norm1", "attn.qkv", "attn.proj");
    arguments.add(number(epsilon));
    arguments.add(number(heads));
    return call("attend", x, arguments);
  }

  /** Computes the second half: x + mlp(norm2(x)). */
  public NDArray transform(NDArray x, boolean training) {
    if (!isPlain("norm2", "mlp", "fc1", "fc2")) {
      return scoped(() -> x.add(branch("norm2", "mlp", x, training)));
    }
    NDList arguments = arguments(x, "norm2", "mlp.fc1", "mlp.fc2");
    arguments.add(number(epsilon));
    return call("transform", x, arguments);
  }

  private boolean isPlain(String norm, String body, String... layers) {
    boolean plain =
        part(norm) instanceof LayerNorm
            && (part(body) instanceof Attention || part(body) instanceof Mlp);
    for (String layer : layers) {
      plain = plain && part(body).part(layer) instanceof Linear;
    }
    return plain;
  }

  private NDList arguments(NDArray x, String... layers) {
    NDList arguments = new NDList(x);
    for (String layer : layers) {
      arguments.add(value(layer + ".weight"));
      arguments.add(value(layer + ".bias"));
    }
    return arguments;
  }

  private NDArray call(String half, NDArray x, NDList arguments) {
    arguments.add(LinearMap.untouched(x.size() / width * widest));
    return Compiled.SCRIPT.call(half, arguments).singletonOrThrow();
  }

  private NDArray branch(String norm, String body, NDArray x, boolean training) {
    return scoped(() -> part(body).forward(part(norm).forward(x, training), training));
  }
}
