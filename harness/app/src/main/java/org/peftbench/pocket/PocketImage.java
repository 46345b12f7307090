package org.peftbench.pocket;

import org.peftbench.render.Canvas;

/**
 * One rendered image.
 *
 * @param pixels (64, 64, 3): rows from the top, red, green and blue, a byte a value
 * @param label its class, from 0
 */
@SuppressWarnings("ArrayRecordComponent") // pixels are bulk data, handed on and never compared
public record PocketImage(byte[] pixels, int label) {

  /** Side of every image, in pixels. */
  public static final int SIZE = Canvas.SIZE;
}
