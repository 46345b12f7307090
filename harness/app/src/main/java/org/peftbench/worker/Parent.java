package org.peftbench.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import org.peftbench.cell.Phase;
import org.peftbench.link.Message;
import org.peftbench.link.Order;
import org.peftbench.result.Json;
import org.peftbench.result.PhaseCost;
import org.peftbench.result.Streamed;

/** The child's line to its parent. A child whose parent has gone ends at once. */
final class Parent {

  private static final int ORPHANED = 3;

  private final PrintStream out;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private CudaHeap heap = CudaHeap.none();
  private Supplier<Optional<Streamed>> streamed = Optional::empty;

  Parent(InputStream in, PrintStream out) {
    this.out = out;
    Thread reader = new Thread(() -> read(in), "parent-reader");
    reader.setDaemon(true);
    reader.start();
  }

  private void read(InputStream in) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      // The pipe broke: the same as its end.
    }
    Runtime.getRuntime().halt(ORPHANED);
  }

  /** Waits for the next order. */
  Order order() {
    return receive(Order.class);
  }

  private <T> T receive(Class<T> type) {
    try {
      return Json.MAPPER.readValue(lines.take(), type);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while waiting for the parent", e);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the parent says what is no " + type.getSimpleName(), e);
    }
  }

  void send(Message message) {
    try {
      String line = Json.MAPPER.writerFor(Message.class).writeValueAsString(message);
      synchronized (out) {
        out.println(line);
        out.flush();
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a message cannot be written", e);
    }
  }

  /** From now on, what this process holds of a GPU is given back at the phases' edges too. */
  void settles(CudaHeap heap) {
    this.heap = heap;
  }

  /**
   * From now on, what this process reads of a streamed backbone is told at the phases' edges.
   *
   * @param since gives what was read since it was asked last; empty if nothing was
   */
  void streams(Supplier<Optional<Streamed>> since) {
    streamed = since;
  }

  /**
   * Tells what the present phase has read of a streamed backbone since this was told last.
   *
   * @return that
   */
  Optional<Streamed> tellStreamed() {
    Optional<Streamed> read = streamed.get();
    read.ifPresent(more -> send(new Message.Read(more)));
    return read;
  }

  /**
   * Leaves a phase and enters another. The parent reads memory and time twice: before this process
   * gives back what the phase has freed, for a GPU has no high-water mark, and after it.
   *
   * @return the cost of the phase before
   */
  PhaseCost enter(Phase phase) {
    heap.finish();
    var unused = tellStreamed();
    send(new Message.Leaving());
    PhaseCost cost = receive(PhaseCost.class);
    NativeHeap.settle();
    heap.empty();
    send(new Message.Entering(phase));
    Order go = receive(Order.class);
    if (!(go instanceof Order.GoOn)) {
      throw new IllegalStateException("the parent says " + go + " at a phase's edge");
    }
    return cost;
  }
}
