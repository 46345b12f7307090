package org.peftbench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peftbench.cell.Cell;
import org.peftbench.result.CellRecord;
import org.peftbench.result.Records;

/** What is told of cells that shared a pass, and kept out of all other costs. */
class PassTableTest {

  private static final Cell LAST = cell("last", "kitti", 0);
  private static final Cell OTHER = cell("last", "kitti", 1);
  private static final Cell LOSA = cell("losa", "kitti", 0);

  private static Cell cell(String method, String task, long seed) {
    return SharedExample.cell(Records.method(method), task, seed, SharedExample.unchosen(0.01));
  }

  private static Section section(List<CellRecord> records) {
    List<Section> sections = Section.of(records, Example.ORDER, Map.of(), Metrics.COSTS);
    assertEquals(1, sections.size());
    return sections.get(0);
  }

  private static PassTable.Row onlyRow(List<CellRecord> records) {
    List<PassTable> tables = section(records).sharedPasses();
    assertEquals(1, tables.size());
    assertEquals(1, tables.get(0).rows().size());
    return tables.get(0).rows().get(0);
  }

  private static Optional<Number> value(PassTable.Row row, String name) {
    return row.metrics().entrySet().stream()
        .filter(entry -> entry.getKey().name().equals(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow();
  }

  private static CostTable.Row costs(List<CellRecord> records, String method) {
    return section(records).costs().get(0).rows().stream()
        .filter(row -> row.method().equals(method))
        .findFirst()
        .orElseThrow();
  }

  private static String tables(List<CellRecord> records) {
    return Report.of(records, Example.ORDER, Map.of()).render(Format.MD);
  }

  /** Two passes of six learners, 80 and 90 s long; one by one they take 60 s each. */
  @Test
  void aPassCountsOnceAndStandsBesideItsCellsAlone() {
    PassTable.Row row = onlyRow(SharedExample.records());
    assertEquals("2 last[tuned=study.json], 2 losa, 2 miet", row.methods());
    assertEquals(List.of(6, 2, 2, 0), List.of(row.learners(), row.count(), row.of(), row.failed()));
    assertEquals(Optional.of(85.0), value(row, "pass_train_seconds"));
    assertEquals(Optional.of(50.0), value(row, "pass_backbone_seconds"));
    assertEquals(Optional.of(30.0), value(row, "learners_train_seconds"));
    assertEquals(Optional.of(5.0), value(row, "learner_train_seconds"));
    assertEquals(Optional.of(360.0), value(row, "alone_train_seconds"));
    assertEquals(
        85.0 / 360, value(row, "shared_of_alone").map(Number::doubleValue).orElseThrow(), 1e-9);
    assertEquals(Optional.of(1100L << 20), value(row, "pass_train_peak_bytes"));
    assertEquals(Optional.of(3L << 20), value(row, "own_bytes"));
    assertEquals(Optional.of(105.0), value(row, "pass_end_to_end_seconds"));
  }

  @Test
  void costsOfAMethodAreThoseOfItsCellsAlone() {
    CostTable.Row miet = costs(SharedExample.records(), "miet (untuned)");
    assertEquals(Optional.of(60.0), miet.value(Metrics.TRAIN_SECONDS));
    assertEquals(Optional.of(900L << 20), miet.value(Metrics.TRAIN_PEAK));
    assertEquals(Optional.of(70.0), miet.value(Metrics.END_TO_END));
    assertEquals(List.of(2, 6, 4), List.of(miet.count(), miet.of(), miet.shared()));
    String tables = tables(SharedExample.records());
    assertTrue(tables.contains("| 2/6, 4 shared a pass |"), tables);
    assertTrue(tables.contains("- shared a pass: "), tables);
  }

  @Test
  void aMethodThatNeverRanAloneHasNoCosts() {
    List<CellRecord> records = SharedExample.pass(List.of(LAST, LOSA), 80);
    CostTable.Row last = costs(records, "last (untuned)");
    for (Metric metric : Metrics.COSTS) {
      boolean isCost = metric.of(SharedExample.alone(LAST, 60)).isPresent() && isCost(metric);
      assertTrue(!isCost || last.value(metric).isEmpty(), metric::name);
    }
    assertEquals(Optional.of(36_864L), last.value(Metrics.TRAINABLE_PARAMETERS));
    assertFalse(last.complete());
    String tables = tables(records);
    assertTrue(tables.contains("| 0/1, 1 shared a pass |"), tables);
    assertFalse(tables.contains("Where the time went"), tables);
    assertEquals(Optional.empty(), value(onlyRow(records), "alone_train_seconds"));
  }

  /** What the network is, and what was judged, does not depend on who shared its pass. */
  private static boolean isCost(Metric metric) {
    return !List.of(
            "trainable_parameters",
            "adapter_bytes",
            "transfer_bytes_per_image",
            "images",
            "split_images")
        .contains(metric.name());
  }

  @Test
  void aLearnerThatDivergedIsOneOfThePass() {
    List<Cell> pass = List.of(LAST, OTHER, LOSA);
    List<CellRecord> records = new ArrayList<>(SharedExample.pass(pass, 80).subList(0, 2));
    records.add(SharedExample.diverged(LOSA, pass, 80));
    PassTable.Row row = onlyRow(records);
    assertEquals(List.of(3, 1, 1), List.of(row.learners(), row.count(), row.failed()));
    assertEquals(Optional.of(15.0), value(row, "learners_train_seconds"));
    assertEquals(
        List.of("2 last, losa", "live", "3", "1/1, failed learners: 1", "80.0", "50.0", "15.0"),
        PassGrid.of(section(records).sharedPasses().get(0), "", "-1-1").rows().get(0).stream()
            .map(Grid.Cell::text)
            .limit(7)
            .toList());
  }

  @Test
  void aPassThatNobodySawToItsEndHasNoCosts() {
    List<Cell> pass = List.of(LAST, LOSA);
    PassTable.Row row =
        onlyRow(pass.stream().map(cell -> SharedExample.diverged(cell, pass, 80)).toList());
    assertEquals(List.of(0, 1, 2), List.of(row.count(), row.of(), row.failed()));
    assertTrue(row.metrics().values().stream().allMatch(Optional::isEmpty), row.toString());
  }

  @Test
  void whatIsNotInTheRecordsIsNotAddedUp() {
    List<CellRecord> records =
        new ArrayList<>(SharedExample.pass(List.of(LAST, OTHER, LOSA), 80).subList(0, 2));
    records.add(SharedExample.alone(cell("last", "kitti", 7), 60));
    PassTable.Row row = onlyRow(records);
    assertEquals("2 last, 1 without a record", row.methods());
    assertEquals(3, row.learners());
    assertEquals(Optional.of(80.0), value(row, "pass_train_seconds"));
    assertEquals(Optional.empty(), value(row, "learners_train_seconds"));
    assertEquals(Optional.empty(), value(row, "alone_train_seconds"));
  }

  @Test
  void anotherSizeIsAnotherRow() {
    List<CellRecord> records = new ArrayList<>(SharedExample.pass(List.of(LAST, OTHER), 70));
    records.addAll(
        SharedExample.pass(
            Stream.of(1, 2, 3).map(seed -> cell("last", "eurosat", seed)).toList(), 80));
    assertEquals(
        List.of("2 last", "3 last"),
        section(records).sharedPasses().get(0).rows().stream()
            .map(PassTable.Row::methods)
            .toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      value = {
        "MD => **Costs of shared passes: ",
        "MD => | passes | train (s) | backbone (s) | learners (s) | a learner (s) | alone (s) |",
        "HTML => <td>2/2</td><td>85.0</td><td>50.0</td><td>30.0</td><td>5.0</td><td>360.0</td>",
        "LATEX => & 6 & 2/2 & 85.0 & 50.0 & 30.0 & 5.0 & 360.0 & 0.24 & 1100 & 3.0 & 105.0 ",
        "CSV => ,live,shared pass,pass_train_seconds,,,85,,2,2,,,",
        "CSV => ,live,shared pass,pass_train_peak_bytes,,,,1153433600,2,2,,,",
        "JSON => \"pass_train_seconds\" : 85.0"
      })
  void passesAreInEveryFormat(Format format, String expected) {
    String report = Report.of(SharedExample.records(), Example.ORDER, Map.of()).render(format);
    assertTrue(report.contains(expected), report);
  }

  @Test
  void cellsThatSharedAPassSayWithHowManyAndWhatThePassTook() {
    List<CellRecord> records = new ArrayList<>(SharedExample.pass(List.of(OTHER, LOSA), 80));
    records.add(SharedExample.alone(LAST, 60));
    List<List<String>> csv =
        CellsReport.of(records)
            .render(Format.CSV)
            .lines()
            .map(line -> List.of(line.split(",", -1)))
            .toList();
    assertEquals(List.of("60", "", ""), column(csv, "train_seconds"));
    assertEquals(List.of("70", "", ""), column(csv, "end_to_end_seconds"));
    assertEquals(List.of("", "2", "2"), column(csv, "shared_pass"));
    assertEquals(List.of("", "80", "80"), column(csv, "pass_train_seconds"));
    assertEquals(List.of("", "5", "5"), column(csv, "own_train_seconds"));
    assertEquals(List.of("65", "65.5", "65"), column(csv, "accuracy"));
  }

  private static List<String> column(List<List<String>> csv, String name) {
    int at = csv.get(0).indexOf(name);
    return csv.stream().skip(1).map(line -> line.get(at)).toList();
  }

  @Test
  void accuracyDoesNotDependOnWhoSharedAPass() {
    List<CellRecord> shared = SharedExample.records();
    List<CellRecord> alone =
        shared.stream()
            .map(one -> one.sharedPass().isEmpty() ? one : SharedExample.alone(one.cell(), 60))
            .toList();
    for (Format format : Format.values()) {
      assertEquals(accuracy(alone, format), accuracy(shared, format));
    }
  }

  private static String accuracy(List<CellRecord> records, Format format) {
    return Report.of(records, Example.ORDER, Map.of()).accuracyOnly().render(format);
  }

  /** A cost of some tasks beside one of all would be no comparison. */
  @Test
  void onlyMethodsWithCostsOfEveryTaskAreCompared() {
    List<CellRecord> records = SharedExample.records();
    List<String> all =
        List.of("last[tuned=study.json]", "lora (untuned)", "losa", "miet (untuned)");
    assertEquals(all, drawn(records));
    assertEquals(all, relative(records));
    records.removeIf(
        record ->
            record.cell().task().equals("cifar100")
                && record.cell().method().id().equals("losa")
                && record.sharedPass().isEmpty());
    List<String> others = all.stream().filter(method -> !method.equals("losa")).toList();
    assertEquals(others, drawn(records));
    assertEquals(others, relative(records));
  }

  private static List<String> drawn(List<CellRecord> records) {
    List<Section> sections = Section.of(records, new TaskOrder(List.of()), Map.of(), Metrics.COSTS);
    return Tradeoff.of(sections).get(0).points().stream().map(Tradeoff.Point::method).toList();
  }

  private static List<String> relative(List<CellRecord> records) {
    return RelativeGrid.of(section(records).costs().get(0), "", "relative")
        .orElseThrow()
        .rows()
        .stream()
        .map(row -> row.get(0).text())
        .toList();
  }
}
