package org.peftbench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.peftbench.cell.Cell;
import org.peftbench.measure.GpuMeters;
import org.peftbench.measure.nvml.Nvml;
import org.peftbench.plan.Plan;
import org.peftbench.plan.PlannedCell;
import org.peftbench.result.CellRecord;
import org.peftbench.result.RecordFolder;
import org.peftbench.result.Status;

/** Runs a plan, cell by cell, and keeps a record of each. */
public final class Benchmark {

  private final RecordFolder records;
  private final Host host;
  private final Optional<Duration> timeout;
  private final RunListener listener;
  private final GpuMeters meters = new GpuMeters(Nvml.LIBRARY);

  /**
   * A benchmark.
   *
   * @param records where records are and go
   * @param host what stays the same for all records
   * @param timeout the longest a cell may take
   * @param listener told how it goes
   */
  public Benchmark(
      RecordFolder records, Host host, Optional<Duration> timeout, RunListener listener) {
    this.records = records;
    this.host = host;
    this.timeout = timeout;
    this.listener = listener;
  }

  /**
   * Runs every cell that has not succeeded before, or whose adapter is wanted and not there.
   *
   * @return the records of all cells of the plan, in its order
   */
  public List<CellRecord> run(Plan plan) throws IOException, InterruptedException {
    List<CellRecord> ended = new ArrayList<>();
    int of = plan.cells().size();
    // All are read first: a damaged one is found before hours are spent on others.
    List<Optional<CellRecord>> found =
        plan.cells().stream().map(planned -> records.find(planned.cell())).toList();
    for (int i = 0; i < of; i++) {
      PlannedCell planned = plan.cells().get(i);
      Cell cell = planned.cell();
      Optional<CellRecord> before = found.get(i).filter(record -> isWhole(record, planned));
      if (before.isPresent()) {
        listener.skipped(i + 1, of, cell);
        ended.add(before.get());
        continue;
      }
      listener.started(i + 1, of, cell);
      CellRecord record =
          planned.unusable().isPresent()
              ? CellProcess.unusable(cell, host, planned.unusable().get())
              : CellProcess.run(planned.order(), host, timeout, listener, meters);
      records.write(record);
      ended.add(record);
      listener.ended(i + 1, of, record);
    }
    return ended;
  }

  private static boolean isWhole(CellRecord record, PlannedCell planned) {
    return record.status() == Status.SUCCEEDED
        && planned.order().adapter().map(Path::of).stream().allMatch(Files::exists);
  }
}
