package org.peftbench.video;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.IntConsumer;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.peftbench.file.FolderTree;
import org.peftbench.file.Sha256;
import org.peftbench.file.WholeFile;
import org.peftbench.image.RgbImage;

/** Writes the frames of a video into a folder, all or none: {@code img_00001.jpg}, ... */
public final class FrameFolder {

  private static final float JPEG_QUALITY = 0.95F;

  /** Frames may end this much elsewhere than the file says: a part of its length, */
  private static final double LENGTH_TOLERANCE = 0.05;

  /** and, of short videos, seconds. */
  private static final double SECONDS_TOLERANCE = 0.25;

  private final VideoDecoder decoder;
  private final FrameChoice choice;
  private final IntConsumer progress;

  /**
   * A writer of folders.
   *
   * @param progress told how many frames were decoded, now and then
   */
  public FrameFolder(VideoDecoder decoder, FrameChoice choice, IntConsumer progress) {
    this.decoder = decoder;
    this.choice = choice;
    this.progress = progress;
  }

  /**
   * Writes the frames of a video.
   *
   * @param folder gets them; it is not there yet
   * @throws IOException if the video is broken, too long or not as long as it says, or a file
   *     cannot be written; the message says why in one line
   */
  public FramesOf write(Path video, Path folder) throws IOException {
    if (!Files.isRegularFile(video)) {
      throw new IOException("it is no regular file");
    }
    if (Files.size(video) == 0) {
      throw new IOException("the file is empty");
    }
    Path partial = folder.resolveSibling("." + folder.getFileName() + ".part");
    if (Files.exists(partial)) {
      FolderTree.delete(partial); // of a command that was ended
    }
    Files.createDirectories(partial);
    try (Video open = decoder.open(video)) {
      refuseTooMany(open.facts());
      int frames = writeFrames(open, partial);
      FramesOf what =
          new FramesOf(
              video.getFileName().toString(),
              Sha256.of(video),
              open.facts(),
              decoder.name(),
              choice,
              frames);
      what.write(partial);
      WholeFile.publish(partial, folder);
      return what;
    } finally {
      if (Files.exists(partial)) {
        FolderTree.delete(partial);
      }
    }
  }

  /** What the file says is believed where that spares the decoding of what is refused anyhow. */
  private void refuseTooMany(VideoFacts facts) throws IOException {
    if (facts.seconds().isPresent() && facts.framesPerSecond().isPresent()) {
      double all = facts.seconds().getAsDouble() * facts.framesPerSecond().getAsDouble();
      double wanted =
          Math.min(
              all, facts.seconds().getAsDouble() * choice.perSecond().orElse(Double.MAX_VALUE));
      if (wanted > choice.most() + 1.5) { // the two are rounded
        throw tooMany(String.valueOf(Math.round(wanted)));
      }
    }
  }

  private IOException tooMany(String found) {
    return new IOException(
        "%s frames, expected at most %d; fewer with --frames-per-second, or more with --most-frames"
            .formatted(found, choice.most()));
  }

  private int writeFrames(Video video, Path folder) throws IOException {
    int decoded = 0;
    int written = 0;
    double due = 0;
    double end = 0;
    for (Optional<Video.Shown> next = video.next(); next.isPresent(); next = video.next()) {
      Video.Shown shown = next.get();
      end = shown.ends();
      if (choice.perSecond().isEmpty() || shown.begins() >= due) {
        if (written == choice.most()) {
          throw tooMany("more than " + written);
        }
        written++;
        write(
            video.image(choice.shortSide()),
            folder.resolve("img_%05d.%s".formatted(written, choice.format())));
        due = after(shown.begins());
      }
      decoded++;
      progress.accept(decoded);
    }
    if (written == 0) {
      throw new IOException("it has no frames");
    }
    checkLength(video.facts(), end);
    return written;
  }

  /** When the next frame is wanted: the first beginning of a part of a second after this. */
  private double after(double seconds) {
    double perSecond = choice.perSecond().orElse(1);
    return (Math.floor(seconds * perSecond + 1e-6) + 1) / perSecond - 1e-6;
  }

  private void checkLength(VideoFacts facts, double end) throws IOException {
    if (choice.anyLength() || facts.seconds().isEmpty()) {
      return;
    }
    double says = facts.seconds().getAsDouble();
    if (Math.abs(says - end) > Math.max(SECONDS_TOLERANCE, LENGTH_TOLERANCE * says)) {
      throw new IOException(
          "its frames end after %.2f s, and its header says %.2f s%s; --any-length takes it as it is"
              .formatted(end, says, end < says ? " (cut off?)" : ""));
    }
  }

  private void write(RgbImage image, Path file) throws IOException {
    BufferedImage buffered =
        new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
    int[] row = new int[image.width()];
    byte[] pixels = image.pixels();
    for (int y = 0, at = 0; y < image.height(); y++) {
      for (int x = 0; x < row.length; x++, at += 3) {
        row[x] = (pixels[at] & 255) << 16 | (pixels[at + 1] & 255) << 8 | (pixels[at + 2] & 255);
      }
      buffered.setRGB(0, y, row.length, 1, row, 0, row.length);
    }
    Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName(choice.format().toString());
    ImageWriter writer = writers.next();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
      if (out == null) {
        throw new IOException(file + " cannot be written");
      }
      ImageWriteParam param = writer.getDefaultWriteParam();
      if (choice.format() == FrameFormat.JPG) {
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality(JPEG_QUALITY);
      }
      writer.setOutput(out);
      writer.write(null, new IIOImage(buffered, null, null), param);
    } finally {
      writer.dispose();
    }
  }
}
