package org.peftbench.task;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.peftbench.file.FilePiece;

/**
 * Decoded images in a file, image after image, behind which are the CRC-32C of each and the seconds
 * that decoding took. An image that is not what was written is decoded anew.
 */
public final class KeptPixels implements Pixels {

  private final Pixels decoded;
  private final FileChannel channel;
  private final int[] sums;
  private final double seconds;
  private final boolean spared;

  private KeptPixels(
      Pixels decoded, FileChannel channel, int[] sums, double seconds, boolean spared) {
    this.decoded = decoded;
    this.channel = channel;
    this.sums = sums;
    this.seconds = seconds;
    this.spared = spared;
  }

  /**
   * Opens a file.
   *
   * @param spared whether it was made before it was asked for
   * @return empty if there is none, or it cannot hold these images
   */
  static Optional<KeptPixels> open(Path file, Pixels decoded, boolean spared) throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(file);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    try {
      if (channel.size() == fileBytes(decoded)) {
        return Optional.of(read(channel, decoded, spared));
      }
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    return Optional.empty();
  }

  private static KeptPixels read(FileChannel channel, Pixels decoded, boolean spared)
      throws IOException {
    int[] sums = new int[decoded.images().size()];
    ByteBuffer tail = ByteBuffer.allocate(tailBytes(sums.length));
    FilePiece.fill(channel, tail, (long) sums.length * imageBytes(decoded), "cut off");
    tail.flip().asIntBuffer().get(sums);
    double seconds = tail.getDouble(sums.length * Integer.BYTES);
    return new KeptPixels(decoded, channel, sums, seconds, spared);
  }

  static long fileBytes(Pixels pixels) {
    int count = pixels.images().size();
    return (long) count * imageBytes(pixels) + tailBytes(count);
  }

  static int tailBytes(int images) {
    return images * Integer.BYTES + Double.BYTES;
  }

  private static int imageBytes(Pixels pixels) {
    return 3 * pixels.size() * pixels.size();
  }

  static int sum(byte[] image) {
    return FilePiece.sum(ByteBuffer.wrap(image));
  }

  /** The seconds that decoding took when it was done, if that was before these were asked for. */
  public Optional<Double> sparedSeconds() {
    return spared && seconds >= 0 && Double.isFinite(seconds)
        ? Optional.of(seconds)
        : Optional.empty();
  }

  @Override
  public List<LabelledImage> images() {
    return decoded.images();
  }

  @Override
  public int size() {
    return decoded.size();
  }

  @Override
  public byte[] of(int image) {
    byte[] pixels = new byte[imageBytes(decoded)];
    try {
      FilePiece.fill(channel, ByteBuffer.wrap(pixels), (long) image * pixels.length, "cut off");
    } catch (IOException e) {
      return decoded.of(image);
    }
    return sum(pixels) == sums[image] ? pixels : decoded.of(image);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("decoded images cannot be closed", e);
    }
  }
}
