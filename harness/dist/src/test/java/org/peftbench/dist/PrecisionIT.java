package org.peftbench.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peftbench.model.Precision;
import org.peftbench.result.CellRecord;
import org.peftbench.result.Outcome;

/** The same cells in bfloat16, beside those in float32. */
class PrecisionIT {

  /** One reads cached features, one changes the backbone. */
  private static final List<String> METHODS = List.of("linear", "lora");

  @TempDir Path out;

  @Test
  void cellsInBfloat16AreOthersLearnAsMuchAndComputeAsMuch()
      throws IOException, InterruptedException {
    BenchProcess.Result result =
        BenchProcess.run(
                AllMethods.command(
                    out, String.join(",", METHODS), "--precision", "bfloat16", "--save-adapters"))
            .expect(0);
    assertTrue(result.out().contains("precision bfloat16"), result.out());
    for (String method : METHODS) {
      CellRecord low = TinyRun.record(out, method, "colours");
      CellRecord exact = TinyRun.record(AllMethods.OUT, method, "colours");
      assertEquals(Precision.BFLOAT16, low.cell().protocol().precision());
      Outcome found = TinyRun.outcome(out, method, "colours");
      Outcome expected = TinyRun.outcome(AllMethods.OUT, method, "colours");
      assertNotEquals(expected.epochLosses(), found.epochLosses());
      for (int epoch = 0; epoch < expected.epochLosses().size(); epoch++) {
        assertEquals(expected.epochLosses().get(epoch), found.epochLosses().get(epoch), 0.05);
      }
      assertEquals(
          exact.inference().orElseThrow().flops(), low.inference().orElseThrow().flops(), method);
      judgedAgain(method, found.accuracy());
    }
  }

  /** What is kept of a cell is judged in the cell's precision. */
  private void judgedAgain(String method, double accuracy)
      throws IOException, InterruptedException {
    String judged =
        BenchProcess.run(
                "evaluate",
                AllMethods.adapter(out, method).toString(),
                "--data=" + AllMethods.DATA,
                "--limit-test=" + AllMethods.LIMIT,
                "--device=cpu",
                "--threads=1")
            .expect(0)
            .out();
    assertTrue(judged.contains("%.2f".formatted(accuracy)), accuracy + " in " + judged);
  }
}
