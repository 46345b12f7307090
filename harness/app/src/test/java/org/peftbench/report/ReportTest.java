package org.peftbench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.peftbench.WrongInputException;
import org.peftbench.cell.BackboneMemory;
import org.peftbench.cell.Cell;
import org.peftbench.cell.MethodChoice;
import org.peftbench.cell.Protocol;
import org.peftbench.model.Precision;
import org.peftbench.result.CellRecord;
import org.peftbench.result.Failure.Reason;
import org.peftbench.result.RecordFolder;
import org.peftbench.result.Records;
import org.peftbench.result.SharedPass;

class ReportTest {

  private static final double EXACT = 1e-9;

  private static List<Section> sections(List<CellRecord> records, Map<String, String> notes) {
    return Section.of(records, Example.ORDER, notes, Metrics.COSTS);
  }

  private static Section full() {
    return sections(Example.records(), Example.NOTES).stream()
        .filter(section -> section.caption().toString().endsWith(", test split"))
        .findFirst()
        .orElseThrow();
  }

  private static Score score(String method, String column) {
    AccuracyTable table = full().accuracy();
    int index =
        IntStream.range(0, table.columns().size())
            .filter(i -> table.columns().get(i).name().equals(column))
            .findFirst()
            .orElseThrow();
    return table.rows().stream()
        .filter(row -> row.method().equals(MethodRow.marked(method, true)))
        .findFirst()
        .orElseThrow()
        .scores()
        .get(index);
  }

  private static void assertScore(double mean, double sd, Score score) {
    assertEquals(mean, score.mean().orElseThrow(), EXACT);
    assertEquals(sd, score.sd().orElseThrow(), EXACT);
    assertTrue(score.whole());
  }

  @Test
  void meanAndSampleDeviationAreThoseComputedByHand() {
    assertScore(54, 1, score("linear (cached)", "cifar100"));
    assertScore(90, 0, score("linear (cached)", "eurosat"));
    assertScore(62, Math.sqrt(7), score("linear (cached)", "kitti")); // 60, 61, 65
  }

  @Test
  void theDeviationOfAMeanIsThatOfTheSeedsMeans() {
    assertScore(68.5, 2, score("linear (cached)", "natural")); // 66.5, 68.5, 70.5
    assertScore(49, Math.sqrt(3.25), score("linear (cached)", "structured")); // 47.5, 48.5, 51
    assertScore( // 68, 69, 70.5
        207.5 / 3, Math.sqrt(19.0 / 12), score("linear (cached)", "mean of groups"));
    assertScore(65, Math.sqrt(2.28), score("linear (cached)", "mean of 5")); // 63.6, 64.8, 66.6
  }

  @Test
  void aMeanLeavesOutTasksThatLackASeedAndSaysSo() {
    Score natural = score("lora[rank=8]", "natural"); // cifar100 lacks seed 1; caltech101 90, 91
    assertEquals(90.5, natural.mean().orElseThrow(), EXACT);
    assertEquals(List.of(1, 2), List.of(natural.count(), natural.of()));
    Score groups = score("lora[rank=8]", "mean of groups");
    assertEquals(Optional.empty(), groups.mean());
    assertEquals(List.of(0, 3), List.of(groups.count(), groups.of()));
  }

  @Test
  void everyNumberNamesItsRecords() {
    List<String> all =
        Example.records().stream().map(record -> RecordFolder.fileName(record.cell())).toList();
    Score score = score("linear (cached)", "mean of 5");
    assertEquals(15, score.records().size());
    assertTrue(all.containsAll(score.records()));
    assertEquals(2, score("lora[rank=8]", "eurosat").records().size());
    assertEquals(List.of(), score("lora[rank=8]", "kitti").records());
  }

  @Test
  void aReportSaysAboveItsTablesThatFilesWereLeftOut() {
    Report report = Report.of(Example.records(), Example.ORDER, Example.NOTES);
    String says = "Not in these tables: 3 files that are no records.";
    for (Format format : List.of(Format.MD, Format.LATEX, Format.HTML)) {
      assertFalse(report.render(format).contains("Not in these tables"));
      assertTrue(report.without(3).accuracyOnly().render(format).contains(says));
    }
  }

  @Test
  void timesAreMediansAndMemoryIsTheMaximumOfOneMachine() {
    List<CostTable> costs = full().costs();
    assertEquals(
        List.of("EPYC", "Xeon"), costs.stream().map(table -> table.machine().cpu()).toList());
    CostTable.Row cached = row(costs.get(1), "linear (cached)");
    assertEquals(Optional.of(42.0), value(cached, "extract_seconds"));
    assertEquals(Optional.of(4.25), value(cached, "train_seconds"));
    assertEquals(Optional.of(51.0), value(cached, "end_to_end_seconds"));
    assertEquals(Optional.empty(), value(cached, "train_peak_bytes"));
    CostTable.Row lora = row(costs.get(1), "lora[rank=8]");
    assertEquals(List.of(2, 5), List.of(lora.count(), lora.of()));
    assertEquals(Optional.of(2000L << 20), value(lora, "train_peak_bytes"));
    assertEquals(
        Optional.of(2001L << 20), value(row(costs.get(0), "lora[rank=8]"), "train_peak_bytes"));
  }

  @Test
  void whereNoCellSucceededThereAreNoCosts() {
    List<CellRecord> failed =
        List.of(Records.failed(Example.lora("kitti", 0), Reason.OUT_OF_MEMORY, "in phase load"));
    Section section = sections(failed, Map.of()).get(0);
    assertEquals(1, section.accuracy().rows().size());
    assertEquals(List.of(), section.costs());
  }

  private static Optional<Number> value(CostTable.Row row, String metric) {
    return row.metrics().entrySet().stream()
        .filter(entry -> entry.getKey().name().equals(metric))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow();
  }

  private static CostTable.Row row(CostTable table, String method) {
    return table.rows().stream()
        .filter(row -> row.method().equals(MethodRow.marked(method, true)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void otherDataUnderTheSameNameMakesAnotherTable() {
    MethodChoice method = Records.method("linear");
    Cell cell = Records.cell(method, "cifar100", 0, Records.PROTOCOL);
    List<CellRecord> records =
        List.of(
            Records.succeeded(Records.withData(cell, "a".repeat(64)), 500),
            Records.succeeded(Records.withData(cell, "b".repeat(64)), 600),
            Records.succeeded(Records.cell(method, "kitti", 0, Records.PROTOCOL), 700));
    List<String> captions =
        sections(records, Map.of()).stream().map(section -> section.caption().toString()).toList();
    assertEquals(2, captions.size());
    assertTrue(captions.get(0).endsWith(", test split, cifar100 data aaaaaaaa"));
    assertTrue(captions.get(1).endsWith(", test split, cifar100 data bbbbbbbb"));
  }

  @Test
  void rowsOfOneLabelButOtherDefaultsAreToldApart() {
    MethodChoice before =
        new MethodChoice("lora", sorted("4"), sorted("4").headMap(""), Optional.empty());
    MethodChoice after =
        new MethodChoice("lora", sorted("8"), sorted("8").headMap(""), Optional.empty());
    List<CellRecord> records =
        List.of(
            Records.succeeded(Records.cell(before, "kitti", 0, Records.PROTOCOL), 500),
            Records.succeeded(Records.cell(after, "kitti", 0, Records.PROTOCOL), 600));
    assertEquals(
        List.of("lora[rank=4] (untuned)", "lora[rank=8] (untuned)"),
        MethodRow.of(records).stream().map(MethodRow::label).toList());
  }

  @Test
  void aMethodOfTwoJarsHasTwoRowsAndTablesNameTheJars() {
    List<CellRecord> records =
        Stream.of("1", "2")
            .map(digit -> Records.cell(fromJar(digit), "kitti", 0, Records.PROTOCOL))
            .map(cell -> Records.succeeded(cell, 500))
            .toList();
    assertEquals(
        List.of("theirs (jar 11111111) (untuned)", "theirs (jar 22222222) (untuned)"),
        MethodRow.of(records).stream().map(MethodRow::label).toList());
    Section section = sections(records, Map.of("theirs", "a note")).get(0);
    assertEquals(
        "from a jar with the SHA-256 %s or %s; a note".formatted("1".repeat(64), "2".repeat(64)),
        section.notes().get("theirs"));
  }

  private static MethodChoice fromJar(String digit) {
    SortedMap<String, String> none = new TreeMap<>();
    return new MethodChoice("theirs", none, none, Optional.of(digit.repeat(64)));
  }

  private static SortedMap<String, String> sorted(String rank) {
    return new TreeMap<>(Map.of("rank", rank));
  }

  @Test
  void accuracyDoesNotDependOnWhenHowFastOrWithWhomCellsWereRun() {
    List<CellRecord> later = Example.records().stream().map(ReportTest::later).toList();
    for (Format format : Format.values()) {
      assertEquals(accuracy(Example.records(), format), accuracy(later, format));
    }
  }

  private static String accuracy(List<CellRecord> records, Format format) {
    return Report.of(records, Example.ORDER, Example.NOTES).accuracyOnly().render(format);
  }

  private static CellRecord later(CellRecord record) {
    return new CellRecord(
        record.schema(),
        record.cell(),
        record.status(),
        record.outcome(),
        record.failure(),
        List.of(),
        record.steps(),
        record.inference(),
        Optional.of(new SharedPass(List.of("another"), 1, 2, 3)),
        record.edge(),
        List.of(),
        record.watched(),
        2 * record.endToEndSeconds(),
        Records.on("another", "2027-01-01T00:00:00Z"));
  }

  @ParameterizedTest
  @EnumSource
  void notesArePrintedWhole(Format format) {
    String note = "the paper leaves this open ".repeat(30) + "to the end";
    Report report = Report.of(Example.records(), Example.ORDER, Map.of("lora", note));
    assertTrue(report.render(format).contains(note));
  }

  @Test
  void twoRecordsOfOneCellAreNotAveraged() {
    CellRecord record = Example.records().get(0);
    assertThrows(
        IllegalArgumentException.class,
        () -> Report.of(List.of(record, record), Example.ORDER, Map.of()));
  }

  @Test
  void cellsAreNoTableOfAPaper() {
    assertThrows(WrongInputException.class, () -> CellsReport.of(List.of()).render(Format.LATEX));
  }

  @Test
  void hostileTextIsOnlyText() {
    String hostile = "<script>|`*~$ _x_ [a](b) \\ \u202e\u0000\n= end";
    Grid grid =
        new Grid(
            "hostile",
            hostile,
            hostile,
            List.of(Text.oneLine(hostile)),
            List.of(),
            List.of(List.of(Grid.Cell.of(Text.oneLine(hostile)))),
            List.of(),
            List.of(Text.oneLine(hostile)));
    for (String drawn :
        List.of(
            Html.render(hostile, List.of(grid)),
            Markdown.render(hostile, List.of(grid)),
            Latex.render(hostile, List.of(grid)),
            Csv.render(List.of(hostile), lines(hostile)))) {
      assertFalse(drawn.chars().anyMatch(c -> c == 0 || c == 0x202e), drawn);
    }
    assertFalse(Html.render(hostile, List.of(grid)).contains("<script>"));
    assertEquals(
        "&lt;script&gt;\\|\\`\\*\\~\\$ \\_x\\_ [a\\](b) \\\\ \\\\u202e\\\\u0000 = end",
        Markdown.escape(Text.oneLine(hostile)));
    assertEquals(
        "\\textless{}script\\textgreater{}\\textbar{}\\textasciigrave{}{*}\\textasciitilde{}\\$"
            + " \\_x\\_ {[}a{]}(b) \\textbackslash{} \\textbackslash{}u202e\\textbackslash{}u0000 = end",
        LatexText.escape(Text.oneLine(hostile)));
    assertEquals(
        "a\n'=1\n'+1\n'@x\n-1.5\n", Csv.render(List.of("a"), lines("=1", "+1", "@x", -1.5)));
  }

  private static List<List<Object>> lines(Object... values) {
    return List.of(values).stream().map(List::of).toList();
  }

  private static CellRecord ownLr(String method, double lr, long correct) {
    Protocol common = Records.PROTOCOL;
    Protocol own =
        new Protocol(
            common.profile(),
            common.epochs(),
            common.warmupEpochs(),
            common.batchSize(),
            lr,
            true,
            false,
            common.weightDecay(),
            Optional.empty(),
            common.precision(),
            common.interpolation(),
            common.normalize(),
            common.features(),
            BackboneMemory.RESIDENT,
            1,
            common.evaluate(),
            common.limitTest());
    return Records.succeeded(Records.cell(Records.method(method), "cifar100", 0, own), correct);
  }

  @Test
  void methodsWithLearningRatesOfTheirOwnShareATableThatNamesThem() {
    List<CellRecord> records = List.of(ownLr("lora", 0.003, 700), ownLr("full", 5e-4, 600));
    List<Section> sections = sections(records, Map.of());
    assertEquals(1, sections.size());
    assertTrue(
        sections.get(0).caption().toString().contains("of each method (full 5e-4 lora 0.003)")
            || sections
                .get(0)
                .caption()
                .toString()
                .contains("of each method (full 0.0005 lora 0.003)"),
        sections.get(0).caption().toString());
  }

  /** All of lora's backbone is frozen: vit-b16 has 85,524,480 values in products. */
  @Test
  void frozenWeightsInBfloat16AreHalfAsLarge() {
    Ledger exact = ledger(Records.PROTOCOL);
    Ledger low = ledger(Records.in(Precision.BFLOAT16));
    assertEquals(2L * 85_524_480, exact.weights() - low.weights());
    assertEquals(exact.weights(), ledger(Records.in(Precision.MIXED)).weights());
    assertEquals(exact.peak(), low.peak());
  }

  private static Ledger ledger(Protocol protocol) {
    return Ledger.of(
            Records.succeeded(Records.cell(Records.method("lora"), "svhn", 0, protocol), 7))
        .orElseThrow();
  }

  @Test
  void theLedgerAddsUpToThePeak() {
    CellRecord record = Records.succeeded(Example.lora("cifar100", 7), 700);
    Ledger ledger = Ledger.of(record).orElseThrow();
    assertEquals(300L << 20, ledger.floor());
    assertEquals(4 * 86_170_000L, ledger.weights());
    assertEquals(4 * (294_912L + 76_900), ledger.gradients());
    assertEquals(2 * ledger.gradients(), ledger.optimizer());
    assertEquals(2007L << 20, ledger.peak());
    assertEquals(
        ledger.peak(),
        ledger.floor()
            + ledger.weights()
            + ledger.gradients()
            + ledger.optimizer()
            + ledger.rest());
  }

  @Test
  void aCellWithTaintedTimesIsCountedAndExplained() {
    CellRecord clean = Records.succeeded(Example.lora("cifar100", 0), 700);
    CellRecord tainted =
        new CellRecord(
            clean.schema(),
            Example.lora("cifar100", 1),
            clean.status(),
            clean.outcome(),
            clean.failure(),
            clean.phases(),
            clean.steps(),
            clean.inference(),
            clean.sharedPass(),
            clean.edge(),
            List.of("other processes kept 0.80 processors busy"),
            clean.watched(),
            clean.endToEndSeconds(),
            clean.provenance());
    String tables = Report.of(List.of(clean, tainted), Example.ORDER, Map.of()).render(Format.MD);
    assertTrue(tables.contains("2/2, 1 tainted"), tables);
    assertTrue(tables.contains("- tainted: others used the machine"), tables);
    String cells = CellsReport.of(List.of(clean, tainted)).render(Format.CSV);
    assertTrue(cells.contains(",other processes kept 0.80 processors busy,"), cells);
    assertFalse(
        Report.of(List.of(clean), Example.ORDER, Map.of()).render(Format.MD).contains("tainted"));
  }

  @Test
  void oneMethodWithTwoLearningRatesIsTwoRows() {
    List<CellRecord> records = List.of(ownLr("lora", 0.003, 700), ownLr("lora", 0.01, 600));
    List<String> rows =
        sections(records, Map.of()).get(0).accuracy().rows().stream()
            .map(AccuracyTable.Row::method)
            .toList();
    assertEquals(List.of("lora (lr 0.003) (untuned)", "lora (lr 0.01) (untuned)"), rows);
  }
}
