package org.peftbench.video;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.FileImageOutputStream;
import javax.imageio.stream.ImageOutputStream;
import org.peftbench.file.FileTrouble;
import org.peftbench.file.FolderLock;
import org.peftbench.file.FolderTree;
import org.peftbench.file.WholeFile;
import org.peftbench.image.RgbImage;

/** Writes the frames of a video into a folder, all or none: {@code img_00001.jpg}, ... */
public final class FrameFolder {

  private static final float JPEG_QUALITY = 0.95F;

  /** Frames may end this much elsewhere than the file says: a part of its length, */
  private static final double LENGTH_TOLERANCE = 0.05;

  /** but, of short videos, at least these seconds, and of long ones at most those. */
  private static final double LEAST_SECONDS = 0.25;

  private static final double MOST_SECONDS = 2;

  /** Many containers round times to milliseconds. */
  private static final double CLOCK = 1.5e-3;

  private final VideoDecoder decoder;
  private final FrameChoice choice;
  private final Runnable alive;

  /**
   * A writer of folders.
   *
   * @param alive called again and again
   */
  public FrameFolder(VideoDecoder decoder, FrameChoice choice, Runnable alive) {
    this.decoder = decoder;
    this.choice = choice;
    this.alive = alive;
  }

  /** Where frames are until all are there. */
  public static Path partial(Path folder) {
    return folder.resolveSibling("." + folder.getFileName() + ".part");
  }

  /**
   * Writes the frames of a video.
   *
   * @param sha256 of the video's file
   * @param folder gets them; it is not there yet
   * @throws IOException if the video is broken, too long or not as long as it says; the message
   *     says why in one line
   * @throws org.peftbench.WrongInputException if the folder cannot be written, or another command
   *     writes it
   */
  public FramesOf write(Path video, String sha256, Path folder) throws IOException {
    if (Files.size(video) == 0) {
      throw new IOException("the file is empty");
    }
    try (Video open = decoder.open(video)) {
      if (!choice.anyLength()) {
        refuseTooMany(open.facts());
      }
      Path partial = partial(folder);
      try (FolderLock lock = FolderLock.take(partial)) {
        try {
          FolderTree.clear(partial, FolderLock.FILE); // a command that was ended left something
          int frames = writeFrames(open, partial);
          String name = String.valueOf(video.getFileName());
          FramesOf what = new FramesOf(name, sha256, open.facts(), decoder.name(), choice, frames);
          publish(what, partial, folder);
          return what;
        } finally {
          FolderTree.delete(partial); // it is not there if it has its name
        }
      }
    }
  }

  private static void publish(FramesOf what, Path partial, Path folder) {
    try {
      what.write(partial);
      Files.delete(partial.resolve(FolderLock.FILE));
      WholeFile.publish(partial, folder);
    } catch (IOException e) {
      throw FileTrouble.wrong(folder, "cannot be written", e);
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
        RgbImage image = video.image(choice.shortSide());
        write(image, folder.resolve("img_%05d.%s".formatted(written, choice.format())));
        due = dueAfter(shown.begins());
      }
      alive.run();
    }
    if (written == 0) {
      throw new IOException("it has no frames");
    }
    if (!choice.anyLength()) {
      checkLength(video.facts(), end);
    }
    return written;
  }

  /** When the next frame is wanted: the first beginning of a part of a second after this. */
  private double dueAfter(double seconds) {
    double perSecond = choice.perSecond().orElse(1);
    return (Math.floor((seconds + CLOCK) * perSecond) + 1) / perSecond - CLOCK;
  }

  private static void checkLength(VideoFacts facts, double end) throws IOException {
    double says = facts.seconds().orElse(end);
    double tolerance = Math.min(MOST_SECONDS, Math.max(LEAST_SECONDS, LENGTH_TOLERANCE * says));
    if (Math.abs(says - end) > tolerance) {
      throw new IOException(
          "its frames end after %.2f s, and its header says %.2f s%s; --any-length takes it as it is"
              .formatted(end, says, end < says ? " (cut off?)" : ""));
    }
  }

  private void write(RgbImage image, Path file) {
    BufferedImage buffered =
        new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
    int[] to = ((DataBufferInt) buffered.getRaster().getDataBuffer()).getData();
    byte[] from = image.pixels();
    for (int i = 0, at = 0; i < to.length; i++, at += 3) {
      to[i] = (from[at] & 255) << 16 | (from[at + 1] & 255) << 8 | (from[at + 2] & 255);
    }
    ImageWriter writer = ImageIO.getImageWritersByFormatName(choice.format().toString()).next();
    try (ImageOutputStream out = new FileImageOutputStream(file.toFile())) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      if (choice.format() == FrameFormat.JPG) {
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality(JPEG_QUALITY);
      }
      writer.setOutput(out);
      writer.write(null, new IIOImage(buffered, null, null), param);
    } catch (IOException e) {
      throw FileTrouble.wrong(file, "cannot be written", e);
    } finally {
      writer.dispose();
    }
  }
}
