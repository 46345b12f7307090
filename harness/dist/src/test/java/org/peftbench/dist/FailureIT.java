package org.peftbench.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peftbench.result.CellRecord;
import org.peftbench.result.Failure;
import org.peftbench.result.Status;

/** A cell that fails is a result: its record says why, and the other cells run. */
class FailureIT {

  @TempDir Path folder;
  private Path data;
  private Path out;

  @BeforeEach
  void writeData() {
    data = TinyData.write(folder.resolve("data"));
    out = folder.resolve("out");
  }

  @Test
  void killedChildIsSaidToBeAndTheOthersFinish() throws Exception {
    BenchProcess bench = BenchProcess.start(command("lora,linear", "--epochs", "2"));
    bench.child().destroyForcibly();
    BenchProcess.Result result = bench.result().expect(1);
    Failure failure = failure("lora");
    assertEquals(Failure.Reason.KILLED, failure.reason());
    assertTrue(failure.message().startsWith("ended by signal 9 in phase "), failure.message());
    assertEquals(Status.SUCCEEDED, TinyRun.record(out, "linear", "colours").status());
    assertTrue(result.out().contains("killed"), result.out());
    String cells = BenchProcess.run("report", "--cells", out.toString()).expect(0).out();
    assertTrue(cells.contains("killed"), cells);
  }

  @Test
  void failedCellIsRunAgain() throws Exception {
    BenchProcess bench = BenchProcess.start(command("linear", "--epochs", "2"));
    bench.child().destroyForcibly();
    bench.result().expect(1);
    BenchProcess.run(command("linear", "--epochs", "2")).expect(0);
    assertEquals(Status.SUCCEEDED, TinyRun.record(out, "linear", "colours").status());
  }

  @Test
  void childThatTakesTooLongIsStopped() throws Exception {
    BenchProcess.run(command("lora", "--epochs", "100000", "--timeout", "3s")).expect(1);
    Failure failure = failure("lora");
    assertEquals(Failure.Reason.TIMED_OUT, failure.reason());
    assertTrue(failure.message().startsWith("stopped in phase "), failure.message());
  }

  @Test
  void lossThatIsNotFiniteEndsTheCell() throws Exception {
    BenchProcess.Result result =
        BenchProcess.run(command("full", "--epochs", "3", "--lr", "1e30")).expect(1);
    Failure failure = failure("full");
    assertEquals(Failure.Reason.DIVERGED, failure.reason());
    assertTrue(failure.message().startsWith("the loss was "), failure.message());
    assertTrue(result.out().contains("diverged"), result.out());
  }

  private String[] command(String methods, String... more) {
    return TinyRun.arguments(data, out, methods, "colours", more);
  }

  private Failure failure(String method) {
    CellRecord record = TinyRun.record(out, method, "colours");
    assertEquals(Status.FAILED, record.status());
    return record.failure().orElseThrow();
  }
}
