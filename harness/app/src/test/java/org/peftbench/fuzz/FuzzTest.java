package org.peftbench.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a file or a message holds, it is read or refused in one plain line, in time and memory
 * that somebody set a bound to. More tries: {@code -Dfuzz.tries=20000}; others: {@code
 * -Dfuzz.seed=1}; one that was found: {@code -Dfuzz.seed=1 -Dfuzz.first=4711 -Dfuzz.tries=1}.
 */
class FuzzTest {

  private static final long SEED = Long.getLong("fuzz.seed", 17);
  private static final int FIRST = Integer.getInteger("fuzz.first", 0);
  private static final int TRIES = Integer.getInteger("fuzz.tries", 200);
  private static final int MOST_FINDINGS = 5;
  private static final int MOST_SECONDS = 60;
  private static final long MOST_BYTES = 2L << 30;
  private static final int LONGEST_LINE = 4000;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir static Path folder;
  private static List<Reader> readers = List.of();
  private static final ExecutorService THREAD =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "fuzz");
            thread.setDaemon(true);
            return thread;
          });

  /** What came of a try: whether it was read, and what was found. */
  private record Try(boolean read, Optional<String> finding) {}

  @BeforeAll
  static void readers() throws Exception {
    readers =
        Stream.of(
                WeightReaders.in(folder),
                ImageReaders.in(folder),
                FileReaders.in(folder),
                TlsReaders.in(folder),
                MessageReaders.in(folder))
            .flatMap(List::stream)
            .toList();
  }

  @AfterAll
  static void end() {
    THREAD.shutdownNow();
    MessageReaders.close();
  }

  static Stream<Reader> all() {
    return readers.stream();
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyMutantIsReadOrRefused(Reader reader) throws Exception {
    for (byte[] sample : reader.samples()) {
      assertEquals(new Try(true, Optional.empty()), attempt(reader, sample), "valid as it is");
    }
    List<String> findings = new ArrayList<>();
    int read = 0;
    for (int number = FIRST; number < FIRST + TRIES && findings.size() < MOST_FINDINGS; number++) {
      SplittableRandom random = new SplittableRandom(SEED * 1_000_003 + number);
      byte[] sample = reader.samples().get(random.nextInt(reader.samples().size()));
      Try made = attempt(reader, new Mutator(random).mutant(sample));
      read += made.read ? 1 : 0;
      String which = reader + ", seed " + SEED + ", try " + number + ": ";
      made.finding.ifPresent(what -> findings.add(which + what));
    }
    System.out.printf(
        "fuzz %s: %d tries, %d read, %d refused, %d findings%n",
        reader, TRIES, read, TRIES - read - findings.size(), findings.size());
    assertTrue(findings.isEmpty(), () -> String.join("\n", findings));
  }

  private static Try attempt(Reader reader, byte[] bytes) throws Exception {
    Future<Try> made = THREAD.submit(() -> bounded(reader, bytes));
    try {
      return made.get(MOST_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError(reader + " has not ended after " + MOST_SECONDS + " s", e);
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
  }

  private static Try bounded(Reader reader, byte[] bytes) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    Try made = once(reader, bytes);
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    return allocated > MOST_BYTES
        ? new Try(false, Optional.of(allocated + " bytes were allocated"))
        : made;
  }

  private static Try once(Reader reader, byte[] bytes) {
    try {
      reader.read().read(bytes);
      return new Try(true, Optional.empty());
    } catch (Throwable e) { // an Error is a finding as well
      return new Try(false, trouble(reader, e));
    }
  }

  private static Optional<String> trouble(Reader reader, Throwable thrown) {
    if (!reader.refusal().isInstance(thrown)) {
      StackTraceElement[] at = thrown.getStackTrace();
      return Optional.of(thrown + (at.length == 0 ? "" : " at " + at[0]) + ours(at));
    }
    String message = String.valueOf(thrown.getMessage());
    if (thrown instanceof JsonProcessingException) {
      return Optional.empty(); // what is said of it is up to who catches it
    }
    if (message.isBlank() || message.length() > LONGEST_LINE) {
      return Optional.of("the refusal has " + message.length() + " letters: " + cut(message));
    }
    return message.chars().anyMatch(Character::isISOControl)
        ? Optional.of("the refusal has control characters: " + cut(message))
        : Optional.empty();
  }

  /** Where in this program it was. */
  private static String ours(StackTraceElement[] at) {
    return Stream.of(at)
        .filter(one -> one.getClassName().startsWith("org.peftbench."))
        .findFirst()
        .map(one -> ", " + one)
        .orElse("");
  }

  private static String cut(String message) {
    String plain = message.replaceAll("\\p{Cntrl}", "?");
    return plain.substring(0, Math.min(plain.length(), 300));
  }
}
