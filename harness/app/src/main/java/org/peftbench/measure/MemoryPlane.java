package org.peftbench.measure;

/**
 * Peak memory of a training step over depth and batch size: what is there whatever both are, what a
 * block adds, what an image adds, and what an image adds in each block.
 *
 * @param fixedBytes at no block and no image
 * @param bytesPerBlock that one more block adds, whatever the batch
 * @param bytesPerImage that one more image adds, whatever the depth
 * @param bytesPerBlockAndImage that one more image adds in each block
 */
public record MemoryPlane(
    double fixedBytes, double bytesPerBlock, double bytesPerImage, double bytesPerBlockAndImage) {

  /**
   * A measured peak.
   *
   * @param depth number of blocks
   * @param line its peaks over the batch size
   */
  public record Measured(int depth, MemoryLine line) {}

  /**
   * The plane through the lines of two depths.
   *
   * @throws IllegalArgumentException if they are of one depth
   */
  public static MemoryPlane through(Measured one, Measured other) {
    if (one.depth == other.depth) {
      throw new IllegalArgumentException("no plane goes through one depth, " + one.depth);
    }
    double blocks = other.depth - one.depth;
    double perBlock = (other.line.fixedBytes() - one.line.fixedBytes()) / blocks;
    double perBoth = (other.line.bytesPerImage() - one.line.bytesPerImage()) / blocks;
    return new MemoryPlane(
        one.line.fixedBytes() - perBlock * one.depth,
        perBlock,
        one.line.bytesPerImage() - perBoth * one.depth,
        perBoth);
  }

  /** The peaks of a depth over the batch size. */
  public MemoryLine at(int depth) {
    return new MemoryLine(
        fixedBytes + bytesPerBlock * depth, bytesPerImage + bytesPerBlockAndImage * depth);
  }
}
