package org.peftbench.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import org.peftbench.image.Normalization;

/**
 * Makes arrays of pixels.
 *
 * @param side of the square images, in pixels
 * @param normalization of each value
 */
public record ImageArrays(int side, Normalization normalization) {

  private static final int CHANNELS = 3;

  /**
   * Makes an array of images, (B, 3, side, side).
   *
   * @param owner of the array; on a CPU the array is a view of the memory
   * @param pixels of each image: (side, side, 3), a byte a value
   * @param memory for the floats
   */
  public NDArray of(NDManager owner, byte[][] pixels, HostMemory memory) {
    int imageBytes = CHANNELS * side * side * Float.BYTES;
    ByteBuffer floats = memory.buffer(0, Math.multiplyExact(pixels.length, imageBytes));
    for (int i = 0; i < pixels.length; i++) {
      ByteBuffer image = HostMemory.slice(floats, i * imageBytes, imageBytes);
      normalization.toFloats(pixels[i], side, image.asFloatBuffer());
    }
    return owner.create(floats, new Shape(pixels.length, CHANNELS, side, side), DataType.FLOAT32);
  }
}
