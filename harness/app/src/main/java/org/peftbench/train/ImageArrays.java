package org.peftbench.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import org.peftbench.image.Normalization;
import org.peftbench.model.Part;
import org.peftbench.model.TorchScript;

/** Makes arrays of pixels: bytes as they were decoded, and of them, on the device, floats. */
public final class ImageArrays {

  private static final int CHANNELS = 3;
  private static final Shape A_CHANNEL_EACH = new Shape(CHANNELS, 1, 1);

  // Division by an array is a division; CUDA multiplies by the inverse of a number.
  private static final TorchScript SCRIPT =
      TorchScript.compile(
          """
            def floats(self: __torch__.M, pixels: Tensor, most: Tensor, mean: Tensor, std: Tensor) -> Tensor:
              planes = torch.contiguous(torch.permute(pixels, [0, 3, 1, 2]))
              return torch.div_(torch.sub_(torch.div(planes, most), mean), std)
          """);

  private final int side;
  private final NDArray most;
  private final NDArray mean;
  private final NDArray std;

  /**
   * Makes arrays of square images.
   *
   * @param side of the images, in pixels
   * @param normalization of each value
   * @param manager on the device; it owns a few numbers
   */
  public ImageArrays(int side, Normalization normalization, NDManager manager) {
    this.side = side;
    this.most = Part.owned(manager, new Shape(), new float[] {255});
    this.mean = Part.owned(manager, A_CHANNEL_EACH, normalization.mean());
    this.std = Part.owned(manager, A_CHANNEL_EACH, normalization.std());
  }

  /** Side of the images, in pixels. */
  public int side() {
    return side;
  }

  /**
   * Makes an array of images, (B, side, side, 3), uint8.
   *
   * @param owner of the array; on a CPU the array is a view of the memory
   * @param pixels of each image: (side, side, 3), a byte a value
   * @param memory for the bytes
   * @throws IllegalArgumentException if an image has another size
   */
  public NDArray of(NDManager owner, byte[][] pixels, HostMemory memory) {
    int imageBytes = CHANNELS * side * side;
    ByteBuffer bytes = memory.buffer(0, Math.multiplyExact(pixels.length, imageBytes));
    for (byte[] image : pixels) {
      if (image.length != imageBytes) {
        throw new IllegalArgumentException(
            image.length + " bytes are not an RGB image of " + side + " x " + side + " pixels");
      }
      bytes.put(image);
    }
    return owner.create(
        bytes.rewind(), new Shape(pixels.length, side, side, CHANNELS), DataType.UINT8);
  }

  /**
   * Makes what a backbone sees, (B, 3, side, side), float32: (value / 255 - mean) / std.
   *
   * @param pixels (B, side, side, 3), uint8, on the device
   */
  public NDArray floats(NDArray pixels) {
    return SCRIPT.call("floats", new NDList(pixels, most, mean, std)).singletonOrThrow();
  }
}
