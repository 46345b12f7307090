package org.peftbench.video;

/** How frames are stored. */
public enum FrameFormat {
  /** Small, as most data sets of clips have them; quality 95 of 100. */
  JPG,
  /** Large, without loss. */
  PNG;

  @Override
  public String toString() {
    return this == JPG ? "jpg" : "png";
  }
}
