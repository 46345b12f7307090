package org.peftbench.task;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.peftbench.WrongInputException;

/**
 * Batches of square images in the order of a list, decoded ahead by background threads.
 *
 * <p>At most {@code batchesAhead} batches are held besides the one handed out. For one consuming
 * thread.
 */
public final class ImageStream implements Iterator<ImageBatch>, AutoCloseable {

  private final Pixels pixels;
  private final List<LabelledImage> images;
  private final int frames;
  private final int batchImages;
  private final ExecutorService decoders;
  private final Queue<Pending> ahead = new ArrayDeque<>();
  private int submitted;

  private record Pending(List<LabelledImage> images, List<Future<byte[]>> pixels) {}

  private ImageStream(Pixels pixels, int batchSize, int frames) {
    this.pixels = pixels;
    this.images = pixels.images();
    this.frames = frames;
    this.batchImages = batchSize * frames;
    this.decoders =
        Executors.newFixedThreadPool(
            Runtime.getRuntime().availableProcessors(),
            work -> {
              Thread thread = new Thread(work, "image-decoder");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Starts decoding.
   *
   * @param batchSize images a batch, or clips; the last one may have fewer
   * @param frames images of each clip, one after the other; 1 if they are none
   * @param batchesAhead batches that may be decoded before they are asked for
   */
  public static ImageStream open(Pixels pixels, int batchSize, int frames, int batchesAhead) {
    if (batchSize <= 0 || batchesAhead <= 0) {
      throw new IllegalArgumentException(
          "batches of " + batchSize + " images, " + batchesAhead + " ahead: both must be positive");
    }
    ImageStream stream = new ImageStream(pixels, batchSize, frames);
    for (int i = 0; i < batchesAhead; i++) {
      stream.submitNext();
    }
    return stream;
  }

  @Override
  public boolean hasNext() {
    return !ahead.isEmpty();
  }

  /**
   * Waits for the next batch.
   *
   * @throws WrongInputException if one of its files cannot be read whole
   */
  @Override
  public ImageBatch next() {
    Pending pending = ahead.poll();
    if (pending == null) {
      throw new NoSuchElementException("no more images");
    }
    byte[][] pixels = new byte[pending.pixels.size()][];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = await(pending.pixels.get(i));
    }
    submitNext();
    return new ImageBatch(pixels, LabelledImage.labels(pending.images, frames));
  }

  private void submitNext() {
    int end = Math.min(images.size(), submitted + batchImages);
    if (submitted < end) {
      ahead.add(
          new Pending(
              images.subList(submitted, end),
              IntStream.range(submitted, end)
                  .mapToObj(image -> decoders.submit(() -> pixels.of(image)))
                  .toList()));
      submitted = end;
    }
  }

  private static byte[] await(Future<byte[]> pixels) {
    try {
      return pixels.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof WrongInputException wrong) {
        throw wrong;
      }
      throw new IllegalStateException("an image could not be decoded", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while images were decoded", e);
    }
  }

  /** Stops decoding; batches not yet handed out are dropped. */
  @Override
  public void close() {
    ahead.clear();
    decoders.shutdownNow();
  }
}
