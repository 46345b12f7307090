package org.peftbench.spi;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import org.peftbench.model.Part;

/** The trainable network beside a frozen backbone. */
public abstract class SideNetwork extends Part {

  /**
   * Turns taps into a representation.
   *
   * @param taps as {@link SideMethod#taps} names them, in its order; of clips, those of T frames
   *     one after the other, (B T, N, D)
   * @param training whether dropout and the like are active
   * @return (B, D); of clips, one for each frame, (B T, D), whose mean is the clip's
   */
  public abstract NDArray forward(NDList taps, boolean training);

  /** Runs the network on its only tap: with one, it is an ordinary part. */
  @Override
  public final NDArray forward(NDArray tap, boolean training) {
    return forward(new NDList(tap), training);
  }
}
