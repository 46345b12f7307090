package org.peftbench.pretrain;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;
import org.peftbench.WrongInputException;
import org.peftbench.pretrain.PretrainingImages.Example;
import org.peftbench.task.ImageBatch;

/** Batches of images at consecutive positions, made ahead by one background thread. */
final class BatchesAhead implements Iterator<ImageBatch>, AutoCloseable {

  private static final int AHEAD = 3;

  private final LongFunction<Example> images;
  private final long end;
  private final int batchSize;
  private final ExecutorService maker;
  private final Queue<Future<ImageBatch>> ahead = new ArrayDeque<>();
  private long next;

  /**
   * Starts making batches.
   *
   * @param from position of the first image
   * @param end position after the last one
   * @param batchSize images a batch; the last one may have fewer
   */
  BatchesAhead(LongFunction<Example> images, long from, long end, int batchSize) {
    this.images = images;
    this.next = from;
    this.end = end;
    this.batchSize = batchSize;
    this.maker =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread thread = new Thread(work, "image-maker");
              thread.setDaemon(true);
              return thread;
            });
    for (int i = 0; i < AHEAD; i++) {
      submitNext();
    }
  }

  private void submitNext() {
    long from = next;
    long to = Math.min(end, from + batchSize);
    if (from < to) {
      ahead.add(maker.submit(() -> make(from, to)));
      next = to;
    }
  }

  private ImageBatch make(long from, long to) {
    List<Example> examples = new ArrayList<>();
    for (long position = from; position < to; position++) {
      examples.add(images.apply(position));
    }
    return new ImageBatch(
        examples.stream().map(Example::pixels).toArray(byte[][]::new),
        examples.stream().mapToInt(Example::label).toArray());
  }

  @Override
  public boolean hasNext() {
    return !ahead.isEmpty();
  }

  /**
   * Waits for the next batch.
   *
   * @throws WrongInputException if one of its images cannot be read
   */
  @Override
  public ImageBatch next() {
    Future<ImageBatch> batch = ahead.poll();
    if (batch == null) {
      throw new NoSuchElementException("no more images");
    }
    submitNext();
    try {
      return batch.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof WrongInputException wrong) {
        throw wrong;
      }
      throw new IllegalStateException("an image could not be made", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while images were made", e);
    }
  }

  @Override
  public void close() {
    maker.shutdownNow();
  }
}
