package org.peftbench.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peftbench.cell.Device;
import org.peftbench.child.CoreMap;
import org.peftbench.child.CoreSet;
import org.peftbench.link.Blueprint;
import org.peftbench.measure.HostFacts;
import org.peftbench.plan.Plan;
import org.peftbench.plan.PlannedCell;
import org.peftbench.plan.Sharing;
import org.peftbench.result.CellRecord;
import org.peftbench.result.Failure;
import org.peftbench.result.PhaseCost;
import org.peftbench.result.RecordFolder;
import org.peftbench.run.Benchmark;
import org.peftbench.run.Host;
import org.peftbench.run.Lane;
import org.peftbench.run.Limits;
import org.peftbench.run.Progress;
import org.peftbench.run.RunListener;
import org.peftbench.run.Turn;

/**
 * Two lanes at once; both compute on processors, as no more than one device is sure to be there.
 */
class SideBySideIT {

  @TempDir Path folder;

  /** Counts cells that run at once. */
  private static final class Count implements RunListener {

    private int running;
    private int most;

    @Override
    public void started(Turn turn) {
      running++;
      most = Math.max(most, running);
    }

    @Override
    public void skipped(Turn turn) {
      throw new AssertionError("nothing was there before");
    }

    @Override
    public void parted(Turn turn, Failure why) {
      throw new AssertionError("nothing shared a pass");
    }

    @Override
    public void progress(Turn turn, Progress progress) {
      assertTrue(running > 0);
    }

    @Override
    public void ended(Turn turn, CellRecord record) {
      running--;
    }
  }

  /** Both want the same cached features at the same time. */
  @Test
  void cellsThatRunAtOnceTrainTheSameAsOneAfterTheOther() throws Exception {
    Path data = TinyData.write(folder.resolve("data"));
    Path alone = folder.resolve("alone");
    BenchProcess.run(
            TinyRun.arguments(
                data,
                alone,
                "linear",
                "colours",
                "--epochs=2",
                "--limit-test=8",
                "--seeds=0,1",
                "--features=cached"))
        .expect(0);
    List<CellRecord> expected = RecordFolder.open(alone).readAll();
    Path out = folder.resolve("together");
    List<PlannedCell> cells = new ArrayList<>();
    for (CellRecord record : expected) {
      cells.add(
          new PlannedCell(
              new Blueprint(record.cell(), TinyData.CLASSES, Optional.empty(), Optional.empty()),
              data.toString(),
              out.resolve("features").toString(),
              List.of(),
              Optional.empty(),
              Optional.empty()));
    }
    Count count = new Count();
    List<CellRecord> ended =
        new Benchmark(
                RecordFolder.create(out),
                new Host(HostFacts.read(), "test", "unknown"),
                lanes(),
                Sharing.NONE,
                Limits.NONE,
                count)
            .run(new Plan(cells, List.of()));
    assertEquals(2, count.most);
    assertEquals(BenchProcess.records(alone).size(), BenchProcess.records(out).size());
    for (int i = 0; i < ended.size(); i++) {
      assertEquals(expected.get(i).cell(), ended.get(i).cell());
      assertEquals(expected.get(i).outcome(), ended.get(i).outcome(), ended.get(i).toString());
      assertTrue(
          ended.get(i).phases().stream().map(PhaseCost::cpuJoules).allMatch(Optional::isEmpty));
    }
  }

  private static List<Lane> lanes() throws InterruptedException {
    List<CoreSet> sets = CoreMap.divide(2);
    return List.of(
        new Lane(Device.CPU, 1, sets.stream().findFirst(), false),
        new Lane(Device.CPU, 1, sets.stream().skip(1).findFirst(), false));
  }
}
