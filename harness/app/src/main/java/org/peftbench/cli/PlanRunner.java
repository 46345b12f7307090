package org.peftbench.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.peftbench.file.FolderLock;
import org.peftbench.file.Leftovers;
import org.peftbench.file.OwnFolder;
import org.peftbench.measure.HostFacts;
import org.peftbench.plan.Plan;
import org.peftbench.plan.Sharing;
import org.peftbench.result.CellRecord;
import org.peftbench.result.Failure;
import org.peftbench.result.RecordFolder;
import org.peftbench.result.Status;
import org.peftbench.run.Benchmark;
import org.peftbench.run.Host;
import org.peftbench.run.Lane;
import org.peftbench.run.Limits;

/** Runs the cells of a plan into a folder of records, and shows how it goes. */
final class PlanRunner {

  private PlanRunner() {}

  /**
   * Runs what is not there yet.
   *
   * @param lanes where cells run, one pass at a time in each
   * @param sharing which cells may share a pass
   * @param out folder of the records
   * @param limits what a cell may take
   * @param err where the plan and progress go
   * @return the records of all cells, in the plan's order
   */
  static List<CellRecord> run(
      Plan plan, List<Lane> lanes, Sharing sharing, Path out, Limits limits, PrintWriter err)
      throws IOException, InterruptedException {
    RecordFolder records = RecordFolder.create(out);
    FolderLock lock = records.lock();
    clearLeftovers(plan);
    try (ProgressDisplay display = ProgressDisplay.on(err, lanes.size())) {
      PlanPrinter.print(plan, lanes, sharing, out, err);
      Host host = new Host(HostFacts.read(), Version.number(), Version.commit());
      return new Benchmark(records, host, lanes, sharing, limits, display).run(plan);
    } finally {
      lock.close();
    }
  }

  /** Cells clear where they write; what killed runs left goes also if nothing is left to be run. */
  private static void clearLeftovers(Plan plan) {
    OwnFolder.clearTemporary();
    plan.cells().stream()
        .map(cell -> Path.of(cell.featureFolder()))
        .distinct()
        .forEach(
            features -> {
              Leftovers.clearFolders(features);
              Leftovers.clear(features); // decoded images
            });
    plan.cells().stream()
        .flatMap(cell -> cell.adapter().stream())
        .map(adapter -> Path.of(adapter).toAbsolutePath().resolveSibling(""))
        .distinct()
        .forEach(Leftovers::clear);
  }

  /** What the program exits with after these cells. */
  static int exitCode(List<CellRecord> records) {
    // Of a jar's cell that is the jar's word, and no reason to say that the user was wrong.
    if (records.stream()
        .filter(record -> record.cell().method().plugin().isEmpty())
        .flatMap(record -> record.failure().stream())
        .anyMatch(failure -> failure.reason() == Failure.Reason.WRONG_INPUT)) {
      return Bench.WRONG_INPUT;
    }
    return records.stream().allMatch(record -> record.status() == Status.SUCCEEDED)
        ? 0
        : Bench.FAILED;
  }
}
