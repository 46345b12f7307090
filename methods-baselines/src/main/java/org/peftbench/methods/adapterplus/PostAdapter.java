package org.peftbench.methods.adapterplus;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import org.peftbench.model.Init;
import org.peftbench.model.LinearMap;
import org.peftbench.model.Part;

/**
 * A frozen block with an adapter after it: x = block(z), y = x + s * (W_up GELU(W_down x + b_down)
 * + b_up), (B, N, D) to (B, N, D).
 *
 * <ul>
 *   <li>{@code down} (R, D), {@code up} (D, R): normal with deviation 0.01, cut at two deviations
 *   <li>{@code down_bias} (R), {@code up_bias} (D): zeros
 *   <li>{@code scale} (D): ones
 * </ul>
 */
final class PostAdapter extends Part {

  private static final Init HOULSBY =
      (shape, random) -> {
        float[] values = new float[Math.toIntExact(shape.size())];
        for (int i = 0; i < values.length; i++) {
          double draw = random.nextGaussian();
          while (Math.abs(draw) > 2) {
            draw = random.nextGaussian();
          }
          values[i] = (float) (0.01 * draw);
        }
        return values;
      };

  private final AdapterPlusConfig config;

  PostAdapter(Part base, AdapterPlusConfig config, long width) {
    this.config = config;
    long bottleneck = config.bottleneck();
    add("base", base);
    parameter("down", HOULSBY, bottleneck, width);
    parameter("down_bias", Init.ZEROS, bottleneck);
    parameter("up", HOULSBY, width, bottleneck);
    parameter("up_bias", Init.ZEROS, width);
    parameter("scale", Init.ONES, width);
  }

  @Override
  public NDArray forward(NDArray z, boolean training) {
    return scoped(
        () -> {
          NDArray x = part("base").forward(z, training);
          boolean drops = training && config.dropPath() > 0;
          NDArray update = drops ? update(x).mul(kept(x)) : update(x);
          return update.addi(x); // in place: the projection's output is not needed again
        });
  }

  private NDArray update(NDArray x) {
    return scoped(
        () -> {
          NDArray scale = value("scale");
          NDArray hidden = Activation.gelu(LinearMap.apply(x, value("down"), value("down_bias")));
          // The scale goes into the weight: the same function, without keeping a map (B, N, D).
          NDArray up = value("up").mul(scale.expandDims(1));
          return LinearMap.apply(hidden, up, value("up_bias").mul(scale));
        });
  }

  /** For each image 0, or what makes up for those (B, 1, 1). */
  private NDArray kept(NDArray x) {
    Shape shape = new Shape(x.getShape().get(0), 1, 1);
    NDArray ones = x.getManager().ones(shape, x.getDataType());
    return dropout(ones, config.dropPath(), true);
  }
}
