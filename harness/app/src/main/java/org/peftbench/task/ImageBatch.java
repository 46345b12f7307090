package org.peftbench.task;

/**
 * Some images of one size, or clips of them.
 *
 * @param pixels of each image: (size, size, 3), a byte a value; frame after frame and clip after
 *     clip
 * @param labels the classes, from 0, of each image or clip
 */
@SuppressWarnings("ArrayRecordComponent") // pixels are bulk data, handed on and never compared
public record ImageBatch(byte[][] pixels, int[] labels) {

  /** How many images, or clips. */
  public int count() {
    return labels.length;
  }
}
