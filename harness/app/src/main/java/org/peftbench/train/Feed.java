package org.peftbench.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Hands out the arrays of one batch after the other. On a GPU a thread of its own reads the next
 * batch while this one computes, and sends it there beside what is computed. On a CPU, where all
 * processors compute anyway and another batch would only take memory, each is read when it is asked
 * for.
 *
 * <p>A batch is to be closed before the next is asked for, and after something that was computed
 * from it has come back from the device.
 *
 * @param <B> what a batch is read from
 */
public final class Feed<B> implements AutoCloseable {

  /**
   * Reads a batch.
   *
   * @param <B> what a batch is read from
   */
  @FunctionalInterface
  public interface Reader<B> {
    /** Makes the arrays of a batch, below the owner; they may be views of the memory. */
    NDList read(NDManager owner, B batch, HostMemory memory);
  }

  /**
   * A batch whose arrays are on the device until it is closed.
   *
   * @param <B> what a batch is read from
   * @param batch what it was read from
   * @param arrays what was read
   */
  public record Fed<B>(B batch, NDList arrays, NDManager owner) implements AutoCloseable {

    /** What was read without the labels, which come last. */
    NDList read() {
      return new NDList(arrays.subList(0, arrays.size() - 1));
    }

    /** The labels (B), int64. */
    NDArray labels() {
      return arrays.get(arrays.size() - 1);
    }

    @Override
    public void close() {
      owner.close();
    }
  }

  private static final long CLOSING_SECONDS = 10;

  private final NDManager manager;
  private final Iterator<? extends B> batches;
  private final Reader<B> reader;
  private final @Nullable ExecutorService ahead;
  private HostMemory memory = new HostMemory();
  private HostMemory other = new HostMemory();
  private FutureTask<Optional<Fed<B>>> next;
  private long waitedNanos;

  /**
   * Makes a feed for a manager's device, and begins to read if that is a GPU.
   *
   * @param batches asked by one thread, which may be another than the caller's
   */
  public static <B> Feed<B> of(NDManager manager, Iterator<? extends B> batches, Reader<B> reader) {
    return new Feed<>(manager, batches, reader, readsAhead(manager));
  }

  /** Whether batches are read ahead on a manager's device. */
  static boolean readsAhead(NDManager manager) {
    return manager.getDevice().isGpu();
  }

  Feed(NDManager parent, Iterator<? extends B> batches, Reader<B> reader, boolean ahead) {
    this.manager = parent.newSubManager();
    this.batches = batches;
    this.reader = reader;
    this.ahead = ahead ? Executors.newSingleThreadExecutor(Feed::thread) : null;
    this.next = begin(manager.getDevice().isGpu() ? this::readBeside : this::read);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "batch-reader");
    thread.setDaemon(true);
    return thread;
  }

  private FutureTask<Optional<Fed<B>>> begin(Callable<Optional<Fed<B>>> read) {
    FutureTask<Optional<Fed<B>>> task = new FutureTask<>(read);
    if (ahead != null) {
      ahead.execute(task);
    }
    return task;
  }

  /** The first time, on a GPU. */
  private Optional<Fed<B>> readBeside() {
    SideStream.enter(manager);
    return read();
  }

  private Optional<Fed<B>> read() {
    if (!batches.hasNext()) {
      return Optional.empty();
    }
    B batch = batches.next();
    NDManager owner = manager.newSubManager();
    return Optional.of(new Fed<>(batch, reader.read(owner, batch, memory), owner));
  }

  /** Waits for the next batch; empty after the last. */
  public Optional<Fed<B>> next() {
    long began = System.nanoTime();
    if (ahead == null) {
      next.run();
    }
    Optional<Fed<B>> fed = await().map(this::arrived);
    waitedNanos += System.nanoTime() - began;
    if (ahead != null) {
      // What was handed out may still be a view of the one.
      HostMemory handedOut = memory;
      memory = other;
      other = handedOut;
    }
    next = begin(this::read);
    return fed;
  }

  private Fed<B> arrived(Fed<B> fed) {
    return new Fed<>(fed.batch, fed.arrays.toDevice(manager.getDevice(), false), fed.owner);
  }

  private Optional<Fed<B>> await() {
    try {
      return next.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw new IllegalStateException("a batch could not be read", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a batch was read", e);
    }
  }

  /** Counts the nanoseconds so far in which batches were waited for and nothing was computed. */
  public long waitedNanos() {
    return waitedNanos;
  }

  /**
   * Frees all batches. One that is being read is waited for a few seconds, for it is read into what
   * is freed here; and it is not interrupted, for that would close the file that it is read from.
   */
  @Override
  public void close() {
    if (ahead != null) {
      ahead.shutdown();
      try {
        var unused = ahead.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    manager.close();
  }
}
