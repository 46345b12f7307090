package org.peftbench.image;

/** Turns a row of interleaved 8-bit samples into RGB. */
interface SamplesToRgb {

  /** Converts {@code width} pixels; writes three bytes a pixel from {@code at} on. */
  void convert(byte[] samples, int width, byte[] rgb, int at);
}
