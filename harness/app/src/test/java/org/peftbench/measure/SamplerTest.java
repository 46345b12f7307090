package org.peftbench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SamplerTest {

  private static final Duration INTERVAL = Duration.ofMillis(5);

  @Test
  void readingsAreCounted() throws InterruptedException {
    CountDownLatch three = new CountDownLatch(3);
    try (Sampler sampler = Sampler.steady(INTERVAL, three::countDown)) {
      three.await();
      assertTrue(sampler.sampling().readings() >= 2, sampler.sampling().toString());
      assertEquals(0.005, sampler.sampling().intervalSeconds());
    }
  }

  @Test
  void aReadingThatHasBegunEndsBeforeTheSamplerIsClosed() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    Runnable reading =
        () -> {
          begun.countDown();
          long until = System.nanoTime() + 100_000_000;
          while (System.nanoTime() < until) {
            Thread.onSpinWait(); // a driver's call, which nothing interrupts
          }
          ended.set(true);
        };
    try (Sampler sampler = Sampler.steady(INTERVAL, reading)) {
      begun.await();
      assertEquals(0.005, sampler.sampling().intervalSeconds());
    }
    assertTrue(ended.get());
  }

  @Test
  void readingsThatTakeLongAreFewerButNeverFewerThanOneASecond() {
    Duration interval = Duration.ofMillis(20);
    assertEquals(20_000_000, Sampler.sparing(interval, 100_000));
    assertEquals(100_000_000, Sampler.sparing(interval, 2_000_000));
    assertEquals(1_000_000_000, Sampler.sparing(interval, 300_000_000));
  }

  /** Whoever keeps what is read asks for the account too, with its own lock held. */
  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void theAccountCanBeHadWhileAReadingWaits() throws InterruptedException {
    Object kept = new Object();
    CountDownLatch begun = new CountDownLatch(1);
    Runnable reading =
        () -> {
          begun.countDown();
          synchronized (kept) {
            assertTrue(Thread.holdsLock(kept));
          }
        };
    synchronized (kept) {
      try (Sampler sampler = Sampler.steady(INTERVAL, reading)) {
        begun.await();
        Thread.sleep(50); // now it waits for the lock
        assertEquals(0, sampler.sampling().readings());
      }
    }
  }
}
