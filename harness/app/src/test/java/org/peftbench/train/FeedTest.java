package org.peftbench.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peftbench.WrongInputException;
import org.peftbench.train.Feed.Fed;

class FeedTest {

  private static final List<Integer> BATCHES = List.of(3, 1, 2, 3);

  private final NDManager manager = NDManager.newBaseManager();
  private final BlockingQueue<Integer> begun = new LinkedBlockingQueue<>();
  private final BlockingQueue<Thread> readers = new LinkedBlockingQueue<>();

  @AfterEach
  void free() {
    manager.close();
  }

  /** As many values as the batch says, all of them that number, in the shared memory. */
  private NDList read(NDManager owner, int batch, HostMemory memory) {
    ByteBuffer bytes = memory.buffer(0, batch * Float.BYTES);
    for (int i = 0; i < batch; i++) {
      bytes.putFloat(batch);
    }
    begun.add(batch);
    readers.add(Thread.currentThread());
    return new NDList(owner.create(bytes.rewind(), new Shape(batch), DataType.FLOAT32));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void batchesComeInTheirOrderAndAreFreed(boolean ahead) {
    try (Feed<Integer> feed = new Feed<>(manager, BATCHES.iterator(), this::read, ahead)) {
      for (int batch : BATCHES) {
        try (Fed<Integer> fed = feed.next().orElseThrow()) {
          assertEquals(batch, fed.batch());
          assertBatch(batch, fed);
        }
      }
      assertTrue(feed.next().isEmpty());
      assertEquals(List.of(), manager.getManagedArrays());
      assertTrue(feed.waitedNanos() > 0);
    }
  }

  @Test
  void theNextIsReadInAnotherThreadAndMemoryWhileOneIsHeld() throws InterruptedException {
    try (Feed<Integer> feed = new Feed<>(manager, BATCHES.iterator(), this::read, true)) {
      for (int i = 0; i + 1 < BATCHES.size(); i++) {
        try (Fed<Integer> fed = feed.next().orElseThrow()) {
          assertEquals(BATCHES.get(i), begun.poll(10, TimeUnit.SECONDS));
          // Taken only once it is read: the queue is filled after the memory.
          Integer next = begun.poll(10, TimeUnit.SECONDS);
          assertEquals(BATCHES.get(i + 1), next);
          begun.add(next);
          assertBatch(fed.batch(), fed);
        }
      }
    }
    assertTrue(readers.stream().noneMatch(thread -> thread == Thread.currentThread()));
  }

  @Test
  void withoutReadingAheadABatchIsReadWhenItIsAskedForByWhoAsks() {
    try (Feed<Integer> feed = new Feed<>(manager, BATCHES.iterator(), this::read, false)) {
      assertEquals(0, begun.size());
      feed.next().orElseThrow().close();
      assertEquals(1, begun.size());
      assertSame(Thread.currentThread(), readers.peek());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatFailsInReadingReachesWhoAsks(boolean ahead) {
    WrongInputException wrong = new WrongInputException("image 7 is damaged");
    Feed.Reader<Integer> reader =
        (owner, batch, memory) -> {
          throw wrong;
        };
    try (Feed<Integer> feed = new Feed<>(manager, BATCHES.iterator(), reader, ahead)) {
      assertSame(wrong, assertThrows(WrongInputException.class, feed::next));
    }
  }

  @Test
  void closingFreesWhatWasReadAndNotAskedFor() throws InterruptedException {
    try (Feed<Integer> feed = new Feed<>(manager, BATCHES.iterator(), this::read, true)) {
      Optional<Fed<Integer>> first = feed.next();
      assertTrue(first.isPresent());
      assertEquals(3, begun.poll(10, TimeUnit.SECONDS));
      assertEquals(1, begun.poll(10, TimeUnit.SECONDS));
    }
    assertEquals(List.of(), manager.getManagedArrays());
  }

  @Test
  void closingLetsABatchBeReadToItsEnd() throws InterruptedException {
    BlockingQueue<Integer> read = new LinkedBlockingQueue<>();
    Feed.Reader<Integer> slow =
        (owner, batch, memory) -> {
          begun.add(batch);
          try {
            Thread.sleep(200);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          NDList arrays = new NDList(owner.create(new float[batch]));
          read.add(batch);
          return arrays;
        };
    try (Feed<Integer> feed = new Feed<>(manager, BATCHES.iterator(), slow, true)) {
      assertEquals(3, begun.poll(10, TimeUnit.SECONDS));
      assertEquals(0, feed.waitedNanos());
    }
    assertEquals(List.of(3), List.copyOf(read));
    assertEquals(List.of(), manager.getManagedArrays());
  }

  @Test
  void aCpuReadsNothingAhead() {
    try (Feed<Integer> feed = Feed.of(manager, BATCHES.iterator(), this::read)) {
      feed.next().orElseThrow().close();
      assertSame(Thread.currentThread(), readers.peek());
    }
  }

  private static void assertBatch(int batch, Fed<Integer> fed) {
    float[] expected = new float[batch];
    Arrays.fill(expected, batch);
    assertArrayEquals(expected, fed.arrays().singletonOrThrow().toFloatArray());
  }
}
