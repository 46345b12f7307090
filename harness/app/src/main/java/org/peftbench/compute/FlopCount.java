package org.peftbench.compute;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Counts floating-point operations of matrix products, attention and convolutions, two for each
 * multiplication that is added up, as PyTorch's own counter has them. What is done element by
 * element is left out.
 */
final class FlopCount {

  private static final String CONVOLUTION = "aten::convolution";
  private static final String CONVOLUTION_BACKWARD = "aten::convolution_backward";

  /** Queries times keys, and weights times values. */
  private static final int PRODUCTS = 2;

  /** The weights once more, and gradients of weights, values, queries and keys. */
  private static final int BACKWARD_PRODUCTS = 5;

  private static final Map<String, ToLongFunction<Operator>> RULES =
      Map.ofEntries(
          Map.entry("aten::mm", call -> product(call, 0)),
          Map.entry("aten::addmm", call -> product(call, 1)),
          Map.entry("aten::bmm", call -> product(call, 0)),
          Map.entry("aten::baddbmm", call -> product(call, 1)),
          Map.entry(
              "aten::_scaled_dot_product_flash_attention_for_cpu",
              call -> attention(call, 0, PRODUCTS)),
          Map.entry(
              "aten::_scaled_dot_product_flash_attention", call -> attention(call, 0, PRODUCTS)),
          Map.entry(
              "aten::_scaled_dot_product_efficient_attention",
              call -> attention(call, 0, PRODUCTS)),
          Map.entry(
              "aten::_scaled_dot_product_cudnn_attention", call -> attention(call, 0, PRODUCTS)),
          Map.entry(
              "aten::_scaled_dot_product_flash_attention_for_cpu_backward",
              call -> attention(call, 1, BACKWARD_PRODUCTS)),
          Map.entry(
              "aten::_scaled_dot_product_flash_attention_backward",
              call -> attention(call, 1, BACKWARD_PRODUCTS)),
          Map.entry(
              "aten::_scaled_dot_product_efficient_attention_backward",
              call -> attention(call, 1, BACKWARD_PRODUCTS)),
          Map.entry(
              "aten::_scaled_dot_product_cudnn_attention_backward",
              call -> attention(call, 1, BACKWARD_PRODUCTS)));

  private FlopCount() {}

  /**
   * Adds up operators in order of time. What runs within one that is counted is not counted again:
   * in bfloat16 a product of matrices may hand its work to another.
   *
   * @return empty if there is a convolution whose output is nowhere to be seen
   */
  static Optional<Long> of(List<Operator> operators) {
    long sum = 0;
    double until = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < operators.size(); i++) {
      Operator call = operators.get(i);
      if (call.begin() < until) {
        continue;
      }
      List<Operator> later = operators.subList(i + 1, operators.size());
      Optional<Long> flops =
          switch (call.name()) {
            case CONVOLUTION -> convolution(call, later);
            case CONVOLUTION_BACKWARD -> Optional.of(convolutionBackward(call, later));
            default -> Optional.of(RULES.getOrDefault(call.name(), other -> 0L).applyAsLong(call));
          };
      if (flops.isEmpty()) {
        return Optional.empty();
      }
      sum += flops.get();
      if (flops.get() > 0) {
        until = call.end();
      }
    }
    return Optional.of(sum);
  }

  /** (.., n, m) times (.., m, p). */
  private static long product(Operator call, int first) {
    List<Long> right = call.shape(first + 1);
    return 2 * size(call.shape(first)) * right.get(right.size() - 1);
  }

  /** Queries (B, H, N, D) and keys (B, H, M, D). */
  private static long attention(Operator call, int queries, int products) {
    return products * 2L * size(call.shape(queries)) * call.shape(queries + 1).get(2);
  }

  /** The log has no outputs: the first operator that takes something of the right shape tells. */
  private static Optional<Long> convolution(Operator call, List<Operator> later) {
    List<Long> weight = call.shape(1);
    long batch = call.shape(0).get(0);
    return later.stream()
        .filter(next -> next.begin() >= call.end())
        .flatMap(next -> next.shapes().stream())
        .filter(shape -> shape.size() == weight.size())
        .filter(shape -> shape.get(0) == batch && shape.get(1).equals(weight.get(0)))
        .findFirst()
        .map(output -> convolution(output, weight));
  }

  /**
   * Gradients of the input and of the weight, if each goes anywhere before the next is computed.
   */
  private static long convolutionBackward(Operator call, List<Operator> later) {
    Set<List<Long>> taken =
        later.stream()
            .takeWhile(next -> !next.name().equals(CONVOLUTION_BACKWARD))
            .filter(next -> next.begin() >= call.end())
            .flatMap(next -> next.shapes().stream())
            .collect(Collectors.toSet());
    long gradients = Stream.of(call.shape(1), call.shape(2)).filter(taken::contains).count();
    return gradients * convolution(call.shape(0), call.shape(2));
  }

  /** Each value of the output is a sum over input channels and the kernel. */
  private static long convolution(List<Long> output, List<Long> weight) {
    return 2 * size(output) * size(weight.subList(1, weight.size()));
  }

  private static long size(List<Long> shape) {
    return shape.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
  }
}
