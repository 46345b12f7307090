package org.peftbench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peftbench.cell.Cell;
import org.peftbench.cell.MethodChoice;
import org.peftbench.cell.Phase;
import org.peftbench.result.CellRecord;
import org.peftbench.result.Failure.Reason;
import org.peftbench.result.Outcome;
import org.peftbench.result.PhaseCost;
import org.peftbench.result.Records;

/** Charts and the table relative to lora: what methods cost beside what they bring. */
class TradeoffTest {

  private static final TaskOrder NO_BENCHMARK = new TaskOrder(List.of());

  @TempDir Path folder;

  /** A method on one task: thousandths right, MiB and seconds of training, values trained. */
  private static CellRecord cell(String method, long right, long mebibytes, double seconds) {
    return cell(Records.method(method), right, mebibytes, seconds);
  }

  private static CellRecord cell(MethodChoice method, long right, long mebibytes, double seconds) {
    Cell cell = Records.cell(method, "cifar100", 0, Records.PROTOCOL);
    return Records.record(
        cell,
        new Outcome(right, 1000, 1000, List.of(0.5), 1_000 * mebibytes, 100, 1_000_000, 0),
        List.of(new PhaseCost(Phase.TRAIN, seconds, Optional.of(mebibytes << 20))),
        2 * seconds,
        Records.on("Xeon", "2026-11-21T12:00:00Z"));
  }

  private static List<CellRecord> four() {
    return new ArrayList<>(
        List.of(
            cell("linear", 500, 100, 1),
            cell("last", 700, 300, 60),
            cell("lora", 720, 1000, 100),
            cell("bitfit", 650, 900, 100)));
  }

  private static List<Section> sections(List<CellRecord> records) {
    return Section.of(records, NO_BENCHMARK, Map.of(), Metrics.COSTS);
  }

  private static List<String> names(List<Tradeoff.Point> points) {
    return points.stream()
        .map(Tradeoff.Point::method)
        .map(label -> label.replace(MethodRow.UNTUNED, ""))
        .toList();
  }

  @Test
  void theFrontHasTheMethodsThatNoOtherBeatsInBoth() {
    Tradeoff memory = Tradeoff.of(sections(four())).get(0);
    assertEquals("accuracy-memory-1-1", memory.name());
    assertEquals(List.of("linear", "last", "lora"), names(memory.front()));
    assertEquals(new Tradeoff.Point("last (untuned)", 300, 70), memory.front().get(1));
    Tradeoff time = Tradeoff.of(sections(four())).get(1);
    assertEquals(60, time.front().get(1).cost());
  }

  @Test
  void ofTwoAlikeNeitherIsBeaten() {
    List<CellRecord> records =
        List.of(cell("linear", 500, 100, 1), cell("last", 500, 100, 1), cell("lora", 499, 100, 1));
    assertEquals(
        List.of("last", "linear"),
        names(Tradeoff.of(sections(records)).get(0).front()).stream().sorted().toList());
  }

  @Test
  void aMethodWithAFailedCellIsNoPoint() {
    List<CellRecord> records = four();
    Cell other = Records.cell(Records.method("last"), "caltech101", 0, Records.PROTOCOL);
    records.add(Records.failed(other, Reason.OUT_OF_MEMORY, "too much"));
    for (Tradeoff tradeoff : Tradeoff.of(sections(records))) {
      assertTrue(!names(tradeoff.points()).contains("last"), tradeoff.toString());
    }
  }

  @Test
  void figuresAreWrittenForScreenAndForPaper() throws IOException {
    List<Path> drawn = Report.of(four(), NO_BENCHMARK, Map.of()).draw(folder);
    assertEquals(3, drawn.size());
    for (Path file : drawn) {
      assertTrue(ImageIO.read(Path.of(file + ".png").toFile()).getWidth() > 1000, file.toString());
      String svg = Files.readString(Path.of(file + ".svg"));
      assertTrue(svg.contains("<svg") && svg.contains("<path"), file.toString());
    }
  }

  @Test
  void figuresSayWhoseRatesNobodyChose() {
    Tradeoff untuned = Tradeoff.of(sections(four())).get(0);
    assertEquals(
        "peak memory of training (MiB); * learning rate untuned",
        Chart.draw(untuned).getXAxisTitle());
    List<Tradeoff.Point> chosen =
        untuned.points().stream()
            .map(point -> new Tradeoff.Point("chosen", point.cost(), point.accuracy()))
            .limit(1)
            .toList();
    Tradeoff tuned = new Tradeoff("tuned", untuned.cost(), untuned.accuracy(), chosen);
    assertEquals("peak memory of training (MiB)", Chart.draw(tuned).getXAxisTitle());
  }

  @Test
  void oneMethodIsNoFigure() throws IOException {
    assertEquals(
        List.of(), Report.of(List.of(cell("lora", 1, 1, 1)), NO_BENCHMARK, Map.of()).draw(folder));
  }

  @Test
  void costsRelativeToLoraAreRatiosOfTheSameCells() {
    CostTable costs = sections(four()).get(0).costs().get(0);
    Grid grid = RelativeGrid.of(costs, "on " + costs.machine().words(), "relative").orElseThrow();
    List<List<String>> rows =
        grid.rows().stream().map(row -> row.stream().map(Grid.Cell::text).toList()).toList();
    assertEquals(List.of("last (untuned)", "live", "0.30", "0.30", "0.60", "0.60"), rows.get(1));
    assertEquals(List.of("lora (untuned)", "live", "1.00", "1.00", "1.00", "1.00"), rows.get(3));
    assertTrue(grid.caption().endsWith("vmhwm"), grid.caption());
  }

  @Test
  void costsAreRelativeToLoraAsAStudyChoseItWhereThereIsNoOther() {
    List<CellRecord> records = four();
    records.set(2, cell(Records.method("lora", "rank", "4"), 720, 1000, 100));
    assertEquals("Cost relative to lora[rank=4] (untuned)", relative(records).title());
    records.add(cell("lora", 710, 2000, 200));
    assertEquals("Cost relative to lora (untuned)", relative(records).title());
    records.set(4, cell(Records.method("lora", "rank", "2"), 710, 2000, 200));
    assertEquals(
        Optional.empty(),
        RelativeGrid.of(sections(records).get(0).costs().get(0), "", "relative"),
        "which of two is meant nobody said");
  }

  private static Grid relative(List<CellRecord> records) {
    return RelativeGrid.of(sections(records).get(0).costs().get(0), "", "relative").orElseThrow();
  }

  @Test
  void withoutLoraThereIsNothingToBeRelativeTo() {
    List<CellRecord> records = four();
    records.remove(2);
    Section section = sections(records).get(0);
    assertEquals(Optional.empty(), RelativeGrid.of(section.costs().get(0), "", "relative"));
  }
}
