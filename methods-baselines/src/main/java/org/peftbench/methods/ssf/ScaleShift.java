package org.peftbench.methods.ssf;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.nn.Parameter;
import org.peftbench.model.Init;
import org.peftbench.model.Part;

/**
 * A frozen part whose output is scaled and shifted: y = scale * f(x) + shift.
 *
 * <ul>
 *   <li>input as the part's own, output (..., O)
 *   <li>{@code scale} (O), normal around one; {@code shift} (O), normal around zero
 * </ul>
 */
final class ScaleShift extends Part {

  private static final double DEVIATION = 0.02;

  private final String last;

  /**
   * Scales and shifts a part.
   *
   * @param last path in front of the {@code weight} and {@code bias} of the part's last layer
   */
  ScaleShift(Part base, String last) {
    this.last = last;
    add("base", base);
    long width = frozen("bias").getShape().get(0);
    parameter("scale", Init.normal(1, DEVIATION), width);
    parameter("shift", Init.normal(0, DEVIATION), width);
  }

  @Override
  public NDArray forward(NDArray x, boolean training) {
    return scoped(
        // In place: no second map of the output's size for the sum.
        () -> part("base").forward(x, training).mul(value("scale")).addi(value("shift")));
  }

  private Parameter frozen(String name) {
    return part("base").parameter(last + name);
  }

  /** Every layer ends with a weight whose first axis is the output's, and a bias. */
  @Override
  protected Part merged(NDManager manager) {
    Part base = part("base");
    try (NDScope scope = scope()) {
      NDArray weight = frozen("weight").getArray();
      long width = weight.getShape().get(0);
      NDArray scaled = weight.reshape(width, -1).mul(value("scale").reshape(width, 1));
      NDArray bias = frozen("bias").getArray().mul(value("scale")).addi(value("shift"));
      base.load(last + "weight", manager, scaled.toFloatArray());
      base.load(last + "bias", manager, bias.toFloatArray());
    }
    return base;
  }
}
