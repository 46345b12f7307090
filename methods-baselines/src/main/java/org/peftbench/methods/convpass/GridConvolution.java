package org.peftbench.methods.convpass;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import java.util.Random;
import org.peftbench.methods.convpass.ConvpassConfig.ConvInit;
import org.peftbench.model.Init;
import org.peftbench.model.LinearMap;
import org.peftbench.model.Part;

/**
 * A 3x3 convolution of tokens where their patches lie in the image. The class token is an image of
 * its own, one by one, where only the centre of the kernel has something to see.
 *
 * <ul>
 *   <li>input and output (B, N, R), N = 1 + grid * grid
 *   <li>{@code weight} (R, R, 3, 3), {@code bias} (R)
 * </ul>
 */
final class GridConvolution extends Part {

  private static final Shape ONE = new Shape(1, 1);

  private final long channels;
  private final long grid;

  GridConvolution(long channels, long grid, ConvInit init) {
    this.channels = channels;
    this.grid = grid;
    parameter("weight", weight(init), channels, channels, 3, 3);
    parameter("bias", Init.ZEROS, channels);
  }

  /** First values of a weight (R, R, 3, 3). */
  static Init weight(ConvInit init) {
    return switch (init) {
      case IDENTITY -> GridConvolution::identity;
      // Every tap of every channel counts, as an input and as an output.
      case XAVIER ->
          (shape, random) ->
              Init.uniform(Math.sqrt(3.0 * shape.get(0) / shape.size())).values(shape, random);
    };
  }

  private static float[] identity(Shape shape, Random random) {
    int channels = Math.toIntExact(shape.get(0));
    float[] values = new float[Math.toIntExact(shape.size())];
    int taps = values.length / channels / channels;
    for (int i = 0; i < channels; i++) {
      values[(i * channels + i) * taps + taps / 2] = 1;
    }
    return values;
  }

  @Override
  public NDArray forward(NDArray x, boolean training) {
    return scoped(() -> NDArrays.concat(new NDList(classToken(x), patches(x)), 1));
  }

  private NDArray classToken(NDArray x) {
    NDArray centre = value("weight").get(new NDIndex(":, :, 1, 1")); // (R, R)
    return LinearMap.apply(x.get(new NDIndex(":, :1")), centre, value("bias"));
  }

  private NDArray patches(NDArray x) {
    long batch = x.getShape().get(0);
    NDArray image =
        x.get(new NDIndex(":, 1:")).transpose(0, 2, 1).reshape(batch, channels, grid, grid);
    return Conv2d.conv2d(image, value("weight"), value("bias"), ONE, ONE)
        .singletonOrThrow()
        .reshape(batch, channels, grid * grid)
        .transpose(0, 2, 1); // (B, N - 1, R)
  }
}
