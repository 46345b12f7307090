package org.peftbench.methods.losa;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.util.List;
import org.peftbench.model.Init;
import org.peftbench.model.Part;
import org.peftbench.model.ViTConfig;

/**
 * T(X) = V_2 gelu(V_1 X) along the tokens of each channel; (B, N, D) to (B, N, D).
 *
 * <p>Of a video, whose N - 1 patch tokens are T frames one after the other, space and time are
 * mixed apart: each frame along its (N - 1) / T tokens, then each place along the T frames. The
 * class token belongs to no place, and gets nothing.
 *
 * <p>Of clips that the backbone sees frame by frame, (B T, N, D), each frame is mixed along its N
 * tokens, then each token along the T frames; the class token is one of them.
 */
final class TokenMixer extends Part {

  /** Of one map; 1 where its tokens are one image's. */
  private final int frames;

  /** Maps that are mixed with each other; 1 where each is mixed alone. */
  private final int maps;

  TokenMixer(LosaConfig config, ViTConfig backbone) {
    this.frames = config.frames();
    this.maps = config.mixesTime(backbone) ? backbone.frames() : 1;
    List<Integer> lengths = lengths(config, backbone);
    add("space", new Axis(config, lengths.get(0), LowRankMixer.up(config)));
    if (lengths.size() > 1) {
      add("time", new Axis(config, lengths.get(1), LowRankMixer.up(config)));
    }
  }

  /**
   * The lengths that are mixed along.
   *
   * @throws IllegalArgumentException if the patch tokens cannot be divided into the frames, or the
   *     backbone already sees frames
   */
  static List<Integer> lengths(LosaConfig config, ViTConfig backbone) {
    int patches = backbone.tokens() - 1;
    if (config.frames() == 1) {
      return config.mixesTime(backbone)
          ? List.of(backbone.tokens(), backbone.frames())
          : List.of(backbone.tokens());
    }
    if (backbone.frames() > 1) {
      throw new IllegalArgumentException(
          "frames=%d divides one map's tokens, and here each of %d frames has a map of its own"
              .formatted(config.frames(), backbone.frames()));
    }
    if (patches % config.frames() != 0) {
      throw new IllegalArgumentException(
          patches + " patch tokens cannot be divided into " + config.frames() + " frames");
    }
    return List.of(patches / config.frames(), config.frames());
  }

  @Override
  public NDArray forward(NDArray x, boolean training) {
    if (maps > 1) {
      return scoped(() -> clips(x, training));
    }
    if (frames == 1) {
      return part("space").forward(x, training);
    }
    return scoped(
        () -> {
          long batch = x.getShape().get(0);
          long patches = x.getShape().get(1) - 1;
          long width = x.getShape().get(2);
          NDArray video =
              x.get(new NDIndex(":, 1:")).reshape(batch, frames, patches / frames, width);
          NDArray inSpace = part("space").forward(video, training);
          NDArray inTime = part("time").forward(video.add(inSpace).transpose(0, 2, 1, 3), training);
          NDArray mixed = inSpace.add(inTime.transpose(0, 2, 1, 3)).reshape(batch, patches, width);
          NDArray none = x.getManager().zeros(new Shape(batch, 1, width));
          return none.concat(mixed, 1);
        });
  }

  private NDArray clips(NDArray x, boolean training) {
    long[] shape = x.getShape().getShape();
    NDArray inSpace = part("space").forward(x, training);
    NDArray places =
        x.add(inSpace).reshape(-1, maps, shape[1], shape[2]).transpose(0, 2, 1, 3); // (B, N, T, D)
    NDArray inTime = part("time").forward(places, training);
    return inSpace.add(inTime.transpose(0, 2, 1, 3).reshape(shape));
  }

  /**
   * Mixes along the last axis but one. From the left, so that no transposed copy of the tokens is
   * made or kept for the backward pass.
   *
   * <p>{@code down} (r, length), {@code up} (length, r), and with biases {@code down_bias} (r, 1),
   * {@code up_bias} (length, 1).
   */
  private static final class Axis extends Part {

    private final boolean bias;

    Axis(LosaConfig config, long length, Init up) {
      this.bias = config.bias();
      parameter("down", Init.xavierUniform(), config.rank(), length);
      parameter("up", up, length, config.rank());
      if (bias) {
        parameter("down_bias", Init.ZEROS, config.rank(), 1);
        parameter("up_bias", Init.ZEROS, length, 1);
      }
    }

    @Override
    public NDArray forward(NDArray x, boolean training) {
      return scoped(
          () -> {
            NDArray down = times("down", x); // (..., r, D)
            NDArray active = Activation.gelu(bias ? down.add(value("down_bias")) : down);
            NDArray up = times("up", active); // (..., length, D)
            return bias ? up.add(value("up_bias")) : up;
          });
    }

    // Of a matrix and a stack of them PyTorch computes the transposed product, from a copy of x.
    private NDArray times(String name, NDArray x) {
      NDArray left = value(name);
      long[] shape = x.getShape().getShape().clone();
      shape[shape.length - 1] = left.getShape().get(1);
      shape[shape.length - 2] = left.getShape().get(0);
      return left.broadcast(shape).matMul(x);
    }
  }
}
