package org.peftbench.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class FairQueueTest {

  private final FairQueue<String> queue = new FairQueue<>();

  @Test
  void ownersTakeTurns() {
    for (int i = 0; i < 6; i++) {
      queue.add("flood", "f" + i, 1);
    }
    queue.add("a", "a0", 1);
    queue.add("b", "b0", 1);
    queue.add("a", "a1", 1);
    assertEquals("f0 a0 b0 f1 a1 f2 f3 f4 f5 ", all());
    assertEquals(Optional.empty(), poll());
  }

  @Test
  void sharesAreCountedInWhatThingsCost() {
    for (int i = 0; i < 3; i++) {
      queue.add("large", "L" + i, 4);
    }
    for (int i = 0; i < 8; i++) {
      queue.add("small", "s" + i, 1);
    }
    assertEquals("L0 s0 s1 s2 s3 L1 s4 s5 s6 s7 L2 ", all());
  }

  @Test
  void whoWasAwayHasNoClaimAndNoDebt() {
    for (int i = 0; i < 4; i++) {
      queue.add("busy", "b" + i, 1);
    }
    assertEquals(Optional.of("b0"), poll());
    assertEquals(Optional.of("b1"), poll());
    assertEquals(Optional.of("b2"), poll());
    queue.add("late", "l0", 1);
    queue.add("late", "l1", 1);
    queue.add("busy", "b4", 1);
    assertEquals("l0 b3 l1 b4 ", all());
  }

  @Test
  void whatIsUrgentIsFirstOfItsOwnerAlone() {
    queue.add("a", "a0", 1);
    queue.add("b", "b0", 1);
    queue.addFirst("b", "now", 1);
    assertEquals("a0 now b0 ", all());
  }

  @Test
  void whoCannotGoOnKeepsNobodyWaitingAndCatchesUpOnNothing() {
    for (int i = 0; i < 4; i++) {
      queue.add("stuck", "s" + i, 1);
      queue.add("free", "f" + i, 1);
    }
    for (int i = 0; i < 3; i++) {
      assertEquals(Optional.of("f" + i), queue.poll((owner, what) -> !owner.equals("stuck")));
    }
    assertEquals(Optional.empty(), queue.poll((owner, what) -> what.equals("s1")));
    assertEquals("s0 f3 s1 s2 s3 ", all());
  }

  private Optional<String> poll() {
    return queue.poll((owner, what) -> true);
  }

  private String all() {
    StringBuilder order = new StringBuilder();
    for (Optional<String> next = poll(); next.isPresent(); next = poll()) {
      order.append(next.get()).append(' ');
    }
    return order.toString();
  }
}
