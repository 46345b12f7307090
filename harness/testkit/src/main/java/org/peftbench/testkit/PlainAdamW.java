package org.peftbench.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.HashMap;
import java.util.Map;
import org.peftbench.model.Part;

/**
 * AdamW (Loshchilov and Hutter 2019) as its paper writes it, array by array: what the tests train
 * with, apart from the harness's own optimiser.
 */
public final class PlainAdamW {

  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  private record Moments(NDArray mean, NDArray variance) {}

  private final NDManager manager;
  private final double lr;
  private final double weightDecay;
  private final Map<String, Moments> moments = new HashMap<>();
  private int steps;

  /** An optimiser whose state the manager owns. */
  public PlainAdamW(NDManager manager, double lr, double weightDecay) {
    this.manager = manager;
    this.lr = lr;
    this.weightDecay = weightDecay;
  }

  /** Updates the parameters in place from the gradients of their leaves. */
  public void update(Part.Leaves leaves) {
    steps++;
    try (NDScope scope = Part.scope()) {
      leaves
          .byName()
          .forEach((name, leaf) -> update(name, leaf.stopGradient(), leaf.getGradient()));
    }
  }

  private void update(String name, NDArray value, NDArray gradient) {
    Moments state = moments.computeIfAbsent(name, key -> new Moments(zeros(value), zeros(value)));
    state.mean.muli(BETA1).addi(gradient.mul(1 - BETA1));
    state.variance.muli(BETA2).addi(gradient.square().mul(1 - BETA2));
    NDArray mean = state.mean.div(1 - Math.pow(BETA1, steps));
    NDArray deviation = state.variance.div(1 - Math.pow(BETA2, steps)).sqrt();
    value.muli(1 - lr * weightDecay).subi(mean.mul(lr).div(deviation.add(EPSILON)));
  }

  private NDArray zeros(NDArray like) {
    NDArray zeros = manager.zeros(like.getShape());
    NDScope.unregister(zeros); // it outlives the step
    return zeros;
  }
}
