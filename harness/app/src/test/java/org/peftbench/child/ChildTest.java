package org.peftbench.child;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.peftbench.WrongInputException;
import org.peftbench.cell.Device;
import org.peftbench.link.Message;
import org.peftbench.link.Order;
import org.peftbench.result.Failure;
import org.peftbench.result.Failure.Reason;
import org.peftbench.worker.Worker;

/** Whatever a child does, its parent says what it was, and goes on. */
class ChildTest {

  private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          exits                  | CRASHED | ended with exit code 3
          aborts                 | CRASHED | crashed with signal 6
          kills itself           | KILLED  | ended by signal 9; the system does that when memory runs out
          prints garbage         | CRASHED | 'ended with exit code 0, without an answer'
          prints a line of 20 MB | CRASHED | 'ended with exit code 0, without an answer'
          """)
  void anEndWithoutAnAnswerIsSaidWithItsLastWords(String what, Reason reason, String message)
      throws Exception {
    Failure failure = failure(what, Optional.empty(), Optional.empty());
    assertEquals(reason, failure.reason());
    assertEquals(message, failure.message());
    assertTrue(failure.log().contains("its last words"), failure.log().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"prints garbage", "prints a line of 20 MB"})
  void whatIsNoMessageGoesToTheLogAndTheAnswerIsHeard(String what) throws Exception {
    try (Child child = start(what, "answers", Optional.empty(), Optional.empty())) {
      assertEquals("well", child.await(Message.EngineWorks.class, other -> {}).text());
      assertTrue(
          child.end().log().stream().anyMatch(line -> line.matches("garbage|x{500}.*")),
          "the log has what was printed");
    }
  }

  @Test
  void silenceAndTheTimeLimitEndAChild() throws Exception {
    Optional<Duration> second = Optional.of(Duration.ofSeconds(1));
    Failure silent = failure("is silent", Optional.empty(), second);
    assertEquals(Reason.TIMED_OUT, silent.reason());
    assertEquals("stopped after 1 s without a word", silent.message());
    Failure slow = failure("is silent", second, Optional.empty());
    assertEquals(Reason.TIMED_OUT, slow.reason());
    assertEquals("stopped by the time limit", slow.message());
  }

  @Test
  void aFailureThatTheChildTellsIsItsReason() throws Exception {
    Failure failure = failure("fails", Optional.empty(), Optional.empty());
    assertEquals(Reason.DIVERGED, failure.reason());
    assertEquals("NaN", failure.message());
    try (Child child = start("says what was wrong", "", Optional.empty(), Optional.empty())) {
      WrongInputException wrong =
          assertThrows(
              WrongInputException.class, () -> child.await(Message.Judged.class, other -> {}));
      assertEquals("no such file", wrong.getMessage());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "leaves a sleeper, CRASHED",
    "leaves an orphan, CRASHED",
    "starts a sleeper and waits, TIMED_OUT"
  })
  void whatAChildHasStartedEndsWithItAndKeepsNobodyWaiting(String what, Reason reason)
      throws Exception {
    Failure failure = failure(what, Optional.of(Duration.ofSeconds(5)), Optional.empty());
    assertEquals(reason, failure.reason());
    assertSleeperEnded(failure.log());
  }

  @Test
  void anAnswerIsHeardAndThenAllEnd() throws Exception {
    try (Child child = start("leaves an orphan", "answers", Optional.empty(), Optional.empty())) {
      assertEquals("well", child.await(Message.EngineWorks.class, other -> {}).text());
      Ending ending = child.end();
      assertEquals(Optional.empty(), ending.stopped());
      assertSleeperEnded(ending.log());
    }
  }

  private static void assertSleeperEnded(List<String> log) throws Exception {
    String pid =
        log.stream()
            .filter(line -> line.startsWith("sleeper "))
            .findFirst()
            .orElseThrow()
            .substring("sleeper ".length());
    // Nobody waits for it here but the system's first process, which may take its time.
    Path state = Path.of("/proc", pid, "stat");
    assertTrue(!Files.exists(state) || Files.readString(state).contains(" Z "), "it is alive");
  }

  @Test
  void whatAChildLeavesAmongTemporaryFilesGoesWithIt() throws Exception {
    try (Child child = start("leaves a file", "answers", Optional.empty(), Optional.empty())) {
      var unused = child.await(Message.EngineWorks.class, other -> {});
      String said =
          child.end().log().stream()
              .filter(line -> line.startsWith("it left "))
              .findAny()
              .orElseThrow();
      Path folder = Path.of(said.substring("it left ".length()));
      assertTrue(folder.getFileName().toString().startsWith("peft-bench-child-"), said);
      assertFalse(Files.exists(folder), said);
    }
  }

  @Test
  void closingEndsTheProcess() throws Exception {
    ProcessHandle process;
    try (Child child = start("is silent", "", Optional.empty(), Optional.empty())) {
      process = child.process();
      assertTrue(process.isAlive());
    }
    process.onExit().get();
    assertFalse(process.isAlive());
  }

  @Test
  void aProgramThatEndsAlreadyStartsNoChild() throws Exception {
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LateParent.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said = new String(parent.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals("stopped", said.strip());
    assertEquals(0, parent.waitFor());
  }

  /** The worker's own end of the line: a parent that has gone ends its child. */
  @Test
  void anOrphanEnds() throws Exception {
    Process orphan =
        ChildLaunch.start(
            Natives.OF_CPU,
            new Place(Device.CPU, Optional.empty()),
            new Family(),
            TEMPORARY,
            1,
            64,
            Worker.class);
    orphan.getOutputStream().close();
    assertEquals(3, orphan.waitFor());
  }

  private static Failure failure(String what, Optional<Duration> limit, Optional<Duration> patience)
      throws Exception {
    try (Child child = start(what, "", limit, patience)) {
      return assertThrows(
              JobFailedException.class, () -> child.await(Message.Judged.class, other -> {}))
          .failure();
    }
  }

  private static Child start(
      String what, String then, Optional<Duration> limit, Optional<Duration> patience)
      throws Exception {
    Order order = new Order.VerifyBackbone(what, then, Optional.empty());
    return Child.start(
        order, Optional.empty(), 1, new Patience(limit, patience), TroubledChild.class);
  }
}
