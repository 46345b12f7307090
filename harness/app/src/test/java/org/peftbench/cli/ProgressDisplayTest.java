package org.peftbench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.peftbench.cell.Cell;
import org.peftbench.cell.Device;
import org.peftbench.result.Failure;
import org.peftbench.result.Records;
import org.peftbench.run.Turn;

/** What a run says where standard error is no terminal. */
class ProgressDisplayTest {

  private static Turn turn(int number, String device) {
    Cell cell = Records.cell(Records.method("lora"), "svhn", number, Records.PROTOCOL);
    return new Turn(number, 3, List.of(cell), Device.named(device));
  }

  private static String told(int lanes, String device) {
    StringWriter err = new StringWriter();
    try (ProgressDisplay display = ProgressDisplay.on(new PrintWriter(err), lanes)) {
      Turn first = turn(1, device);
      Turn second = turn(2, device);
      display.skipped(turn(3, device));
      display.started(first);
      display.started(second);
      display.ended(
          second, Records.failed(second.cells().get(0), Failure.Reason.CRASHED, "exit code 3"));
      display.ended(first, Records.succeeded(first.cells().get(0), 500));
    }
    return err.toString().replace(System.lineSeparator(), "\n");
  }

  @Test
  void whereSeveralCellsRunEachLineSaysWhichItIsAbout() {
    assertEquals(
        """
        [3/3] lora on svhn, seed 3: done before
        [1/3] lora on svhn, seed 1, on cuda:1
        [2/3] lora on svhn, seed 2, on cuda:1
          [2/3] failed: crashed, exit code 3, 7.5 s
          [1/3] 50.00 %, 121.0 s
        """,
        told(2, "cuda:1"));
  }

  @Test
  void whereOneRunsTheLineBeforeSaysIt() {
    assertEquals(
        """
        [3/3] lora on svhn, seed 3: done before
        [1/3] lora on svhn, seed 1
        [2/3] lora on svhn, seed 2
          failed: crashed, exit code 3, 7.5 s
          50.00 %, 121.0 s
        """,
        told(1, "cpu"));
  }
}
