package org.peftbench.task;

/**
 * Some images of one size.
 *
 * @param pixels of each image: (size, size, 3), a byte a value
 * @param labels the classes, from 0
 */
@SuppressWarnings("ArrayRecordComponent") // pixels are bulk data, handed on and never compared
public record ImageBatch(byte[][] pixels, int[] labels) {

  /** How many images. */
  public int count() {
    return labels.length;
  }
}
