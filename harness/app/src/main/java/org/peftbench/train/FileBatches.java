package org.peftbench.train;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.List;
import org.peftbench.image.Interpolation;
import org.peftbench.task.ImageSet;
import org.peftbench.task.LabelledImage;
import org.peftbench.task.Pixels;
import org.peftbench.training.SharedTaps;

/**
 * Makes inputs from image files, decoded when they are needed: for frames of many clips, which all
 * together would not fit into memory.
 */
public final class FileBatches extends LiveBatches {

  private final List<LabelledImage> files;
  private final Interpolation interpolation;

  /** Makes batches of image files for learners of one backbone. */
  public FileBatches(
      List<LabelledImage> files, Interpolation interpolation, ImageArrays arrays, SharedTaps taps) {
    super(arrays, taps);
    this.files = List.copyOf(files);
    this.interpolation = interpolation;
  }

  @Override
  public int images() {
    return files.size();
  }

  @Override
  public int label(int image) {
    return files.get(image).label();
  }

  @Override
  public NDList read(NDManager owner, int[] images, HostMemory memory) {
    return read(
        owner, Arrays.stream(images).mapToObj(files::get).toList(), interpolation, arrays, memory);
  }

  /** Decodes files on all processors. */
  static NDList read(
      NDManager owner,
      List<LabelledImage> files,
      Interpolation interpolation,
      ImageArrays arrays,
      HostMemory memory) {
    ImageSet decoded =
        ImageSet.load(Pixels.decoded(files, arrays.side(), interpolation), done -> {});
    return new NDList(arrays.of(owner, decoded.pixels(), memory));
  }
}
