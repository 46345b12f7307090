package org.peftbench.training;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.peftbench.model.Part;
import org.peftbench.model.TorchScript;

/**
 * AdamW with decoupled weight decay (Loshchilov and Hutter 2019), in PyTorch's fused kernel: one
 * pass over each parameter and no temporary copies, as {@code torch.optim.AdamW(fused=True)}.
 */
public final class AdamW implements AutoCloseable {

  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  // Lists must come from outside: TorchScript drops a call whose only effect is on a list's
  // elements when the list itself is not used again.
  private static final TorchScript SCRIPT =
      TorchScript.compile(
          """
            def step(self: __torch__.M, h: Tensor, p: List[Tensor], g: List[Tensor], m: List[Tensor], v: List[Tensor], t: List[Tensor]) -> Tensor:
              _0 = torch._foreach_add_(t, 1)
              _1 = torch._fused_adamw_(p, g, m, v, annotate(List[Tensor], []), t, lr=float(h[0]), beta1=float(h[1]), beta2=float(h[2]), weight_decay=float(h[3]), eps=float(h[4]), amsgrad=False, maximize=False)
              return h
          """);

  /**
   * What the optimiser remembers of a parameter; the arrays are shared, not copied.
   *
   * @param mean first moments
   * @param variance second moments
   * @param steps updates so far
   */
  @SuppressWarnings("ArrayRecordComponent") // bulk data, handed on and never compared
  public record State(float[] mean, float[] variance, float steps) {}

  private record Moments(NDArray mean, NDArray variance, NDArray steps) {}

  private final NDManager manager;
  private final double weightDecay;
  private final Map<String, Moments> moments = new HashMap<>();

  /**
   * Makes an optimiser without state yet.
   *
   * @param manager parent of the state's owner
   * @param weightDecay decay of every trained parameter, a step, times the learning rate
   */
  public AdamW(NDManager manager, double weightDecay) {
    this.manager = manager.newSubManager();
    this.weightDecay = weightDecay;
  }

  /** Updates the parameters in place from the gradients of their leaves. */
  public void update(Part.Leaves leaves, double lr) {
    double[] hyper = {lr, BETA1, BETA2, weightDecay, EPSILON};
    try (NDScope scope = Part.scope();
        NDManager host = manager.newSubManager(Device.cpu())) {
      NDList arguments = new NDList(host.create(hyper));
      leaves
          .byName()
          .forEach(
              (name, leaf) -> {
                Moments state = moments.computeIfAbsent(name, key -> zeros(leaf));
                arguments.add(named("p[]", leaf.stopGradient()));
                arguments.add(named("g[]", leaf.getGradient()));
                arguments.add(state.mean);
                arguments.add(state.variance);
                arguments.add(state.steps);
              });
      SCRIPT.call("step", arguments);
    }
  }

  /** Copies what is remembered of each parameter, by its name; nothing before its first update. */
  public Map<String, State> state() {
    Map<String, State> state = new TreeMap<>();
    moments.forEach(
        (name, kept) ->
            state.put(
                name,
                new State(
                    kept.mean.toFloatArray(),
                    kept.variance.toFloatArray(),
                    kept.steps.getFloat())));
    return state;
  }

  /**
   * Goes on from a state.
   *
   * @param name of a parameter
   * @param shape of the parameter
   */
  public void restore(String name, Shape shape, State state) {
    moments.put(
        name,
        new Moments(
            named("m[]", Part.owned(manager, shape, state.mean)),
            named("v[]", Part.owned(manager, shape, state.variance)),
            named("t[]", Part.owned(manager, new Shape(), state.steps))));
  }

  private Moments zeros(NDArray leaf) {
    return new Moments(
        lasting("m[]", manager.zeros(leaf.getShape())),
        lasting("v[]", manager.zeros(leaf.getShape())),
        lasting("t[]", manager.zeros(new Shape(), DataType.FLOAT32)));
  }

  // DJL gathers arguments that are named x[] into a list x.
  private static NDArray named(String name, NDArray array) {
    array.setName(name);
    return array;
  }

  /** State outlives the step, whose scope would free it. */
  private static NDArray lasting(String name, NDArray state) {
    NDScope.unregister(state);
    return named(name, state);
  }

  @Override
  public void close() {
    manager.close();
  }
}
