package org.peftbench.streaming;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.peftbench.WrongInputException;
import org.peftbench.model.BlockSupply;
import org.peftbench.model.Part;
import org.peftbench.model.Precision;
import org.peftbench.model.VisionTransformer;
import org.peftbench.result.Streamed;
import org.peftbench.training.FrozenWeights;
import org.peftbench.weights.BackboneWeights;

/**
 * Reads the blocks of a frozen backbone from its weight file. While one runs, the next is read: two
 * are in memory, whatever the depth, and none once it is closed. It may be used again then.
 */
public final class StreamedBlocks implements BlockSupply, AutoCloseable {

  private final VisionTransformer backbone;
  private final Path file;
  private final Precision precision;
  private final NDManager manager;
  private final Map<String, Shape> shapes = new LinkedHashMap<>();
  private final Deque<Berth> free = new ArrayDeque<>();
  private @Nullable BackboneWeights weights;
  private @Nullable Reading ahead;
  private @Nullable Berth running;

  /** The block that ran last; empty before the first. */
  private OptionalInt before = OptionalInt.empty();

  /** The block behind which the first comes again; empty until it has done so once. */
  private OptionalInt last = OptionalInt.empty();

  private Streamed total = Streamed.NOTHING;

  /** A block that is being read, or has been. */
  private record Reading(int block, Berth berth, FutureTask<Streamed> work) {}

  /**
   * Supplies a backbone, whose blocks need no values.
   *
   * @param file the weights, which fit the backbone
   * @param precision of its arithmetic
   * @param manager owner of the arrays
   */
  public StreamedBlocks(
      VisionTransformer backbone, Path file, Precision precision, NDManager manager) {
    this.backbone = backbone;
    this.file = file;
    this.precision = precision;
    this.manager = manager;
    part(0).namedParameters().forEach((name, value) -> shapes.put(name, value.getShape()));
    backbone.supplyBlocks(this);
  }

  /** What was read since this was asked last; empty if nothing was. */
  public Optional<Streamed> since() {
    Streamed since = total;
    total = Streamed.NOTHING;
    return since.bytes() == 0 ? Optional.empty() : Optional.of(since);
  }

  @Override
  public void bring(int block) {
    if (block == 0 && before.isPresent()) {
      last = before;
    }
    before = OptionalInt.of(block);
    Reading reading = ahead(block);
    await(reading);
    running = reading.berth;
    reading.berth.load(part(block), manager);
    FrozenWeights.hold(part(block), precision);
    OptionalInt next = after(block);
    ahead = next.isPresent() ? begin(next.getAsInt()) : null;
  }

  private Reading ahead(int block) {
    Reading reading = ahead;
    ahead = null;
    if (reading != null && reading.block == block) {
      return reading;
    }
    if (reading != null) {
      giveUp(reading);
    }
    return begin(block);
  }

  private void giveUp(Reading reading) {
    await(reading);
    free.push(reading.berth);
  }

  /** What will run after a block, as far as it can be told: nothing is to be read in vain. */
  private OptionalInt after(int block) {
    if (last.equals(OptionalInt.of(block))) {
      return OptionalInt.of(0);
    }
    return block + 1 < backbone.config().depth() ? OptionalInt.of(block + 1) : OptionalInt.empty();
  }

  private Reading begin(int block) {
    Berth berth = free.isEmpty() ? new Berth(shapes) : free.pop();
    Reading reading = new Reading(block, berth, new FutureTask<>(() -> read(block, berth)));
    Thread thread = new Thread(reading.work, "block-reader");
    thread.setDaemon(true);
    thread.start();
    return reading;
  }

  private Streamed read(int block, Berth berth) {
    Optional<Long> before = StorageReads.bytes();
    if (weights == null) {
      weights = BackboneWeights.open(file);
    }
    long bytes = 0;
    for (String name : shapes.keySet()) {
      String whole = "blocks." + block + "." + name;
      weights.read(whole, backbone.config(), berth.place(name));
      bytes += weights.bytes(whole);
    }
    Optional<Long> storage =
        before.flatMap(then -> StorageReads.bytes().map(now -> Math.max(0, now - then)));
    return new Streamed(bytes, storage, 0);
  }

  private void await(Reading reading) {
    long began = System.nanoTime();
    try {
      Streamed read = reading.work.get();
      double seconds = (System.nanoTime() - began) / 1e9;
      total = total.plus(new Streamed(read.bytes(), read.storageBytes(), seconds));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a block was read", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof WrongInputException wrong) {
        throw wrong;
      }
      throw new IllegalStateException("block " + reading.block + " cannot be read", e.getCause());
    }
  }

  @Override
  public void release(int block) {
    part(block).release();
    if (running != null) {
      free.push(running);
      running = null;
    }
  }

  private Part part(int block) {
    return backbone.part("blocks." + block);
  }

  @Override
  public void close() {
    if (ahead != null) {
      giveUp(ahead);
      ahead = null;
    }
    free.forEach(Berth::close);
    free.clear();
    if (weights != null) {
      weights.close();
      weights = null;
    }
  }
}
