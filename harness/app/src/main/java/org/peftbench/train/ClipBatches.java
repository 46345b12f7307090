package org.peftbench.train;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.peftbench.image.Interpolation;
import org.peftbench.task.LabelledClip;
import org.peftbench.task.LabelledImage;
import org.peftbench.training.SharedTaps;

/**
 * Makes inputs from clips at each step, with other frames in each epoch: one at random of each of T
 * equal parts. They follow from seed, epoch and clip alone. Frames are decoded when they are
 * needed, for all of a long clip would not fit into memory.
 */
public final class ClipBatches extends LiveBatches {

  private final List<LabelledClip> clips;
  private final int frames;
  private final Interpolation interpolation;
  private final long seed;
  private final int[] epochs;

  /**
   * Makes batches of clips for learners of one backbone.
   *
   * @param frames T
   * @param seed of those that see them
   */
  public ClipBatches(
      List<LabelledClip> clips,
      int frames,
      Interpolation interpolation,
      ImageArrays arrays,
      SharedTaps taps,
      long seed) {
    super(arrays, taps);
    this.clips = List.copyOf(clips);
    this.frames = frames;
    this.interpolation = interpolation;
    this.seed = seed;
    this.epochs = new int[clips.size()];
  }

  @Override
  public int images() {
    return clips.size();
  }

  @Override
  public int label(int clip) {
    return clips.get(clip).label();
  }

  /** Each clip is read once an epoch, in turn. */
  @Override
  public NDList read(NDManager owner, int[] indices, HostMemory memory) {
    List<LabelledImage> chosen =
        Arrays.stream(indices)
            .boxed()
            .flatMap(clip -> clips.get(clip).random(frames, dice(clip)).stream())
            .toList();
    return FileBatches.read(owner, chosen, interpolation, arrays, memory);
  }

  private SplittableRandom dice(int clip) {
    long ofSeed = new SplittableRandom(seed).nextLong();
    long ofEpoch = new SplittableRandom(ofSeed + epochs[clip]++).nextLong();
    return new SplittableRandom(ofEpoch + clip);
  }
}
