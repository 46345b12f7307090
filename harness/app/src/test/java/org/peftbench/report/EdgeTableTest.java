package org.peftbench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.peftbench.cell.Cell;
import org.peftbench.cell.Features;
import org.peftbench.cell.MethodChoice;
import org.peftbench.result.CellRecord;
import org.peftbench.result.EdgeUse;
import org.peftbench.result.Failure.Reason;
import org.peftbench.result.Records;
import org.peftbench.wire.FeatureType;

/** What is told of cells whose features came from a cloud, and kept apart from all other costs. */
class EdgeTableTest {

  @TempDir Path folder;

  private static List<Section> sections(List<CellRecord> records) {
    return Section.of(records, Example.ORDER, Map.of(), Metrics.COSTS);
  }

  private static EdgeTable table(List<CellRecord> records) {
    List<Section> sections = sections(records);
    assertEquals(1, sections.size());
    assertEquals(1, sections.get(0).edges().size());
    return sections.get(0).edges().get(0);
  }

  private static EdgeTable.Row row(EdgeTable table, String method, String link) {
    return table.rows().stream()
        .filter(row -> row.method().equals(method + " (untuned)") && row.link().equals(link))
        .findFirst()
        .orElseThrow();
  }

  private static Optional<Number> value(EdgeTable.Row row, String name) {
    return row.metrics().entrySet().stream()
        .filter(entry -> entry.getKey().name().equals(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow();
  }

  private static String render(Format format) {
    return Report.of(EdgeExample.records(), Example.ORDER, Map.of()).render(format);
  }

  @Test
  void aRowIsAMethodATypeAndALink() {
    assertEquals(
        List.of(
            "linear (cloud) (untuned), cloud, as it is",
            "miet (cloud) (untuned), cloud, as it is",
            "miet (cloud-float16) (untuned), cloud-float16, as it is",
            "miet (cloud-int8) (untuned), cloud-int8, as it is",
            "miet[pool=2] (cloud-int8) (untuned), cloud-int8, as it is",
            "miet[pool=2] (cloud-int8) (untuned), cloud-int8, " + EdgeExample.SLOW),
        table(EdgeExample.records()).rows().stream()
            .map(row -> row.method() + ", " + row.features() + ", " + row.link())
            .toList());
  }

  @Test
  void bytesAreForEachImageThatArrived() {
    EdgeTable.Row row =
        row(table(EdgeExample.records()), "miet[pool=2] (cloud-int8)", EdgeExample.SLOW);
    assertEquals(Optional.of(12_080.0), value(row, "edge_up_bytes_per_image"));
    assertEquals(Optional.of(38_600.0), value(row, "edge_tensor_bytes_per_image"));
    assertEquals(Optional.of(38_604.0), value(row, "edge_down_bytes_per_image"));
    assertEquals(Optional.of(12_700.0), value(row, "edge_wire_up_bytes_per_image"));
    assertEquals(Optional.of(40_100.0), value(row, "edge_wire_down_bytes_per_image"));
    assertEquals(Optional.of(12_000.0), value(row, "edge_file_bytes_per_image"));
    assertEquals(Optional.of(150_528.0), value(row, "edge_raw_bytes_per_image"));
    assertEquals(Optional.of(2L), value(row, "edge_reconnects"));
    assertEquals(Optional.of(65_536L), value(row, "edge_again_bytes"));
    assertEquals(Optional.of(0.52), value(row, "edge_latency_p99_seconds"));
  }

  @Test
  void theEdgeComputesInTrainingAndJudging() {
    EdgeTable.Row row = row(table(EdgeExample.records()), "miet (cloud)", EdgeExample.PLAIN);
    assertEquals(Optional.of(84.5), value(row, "edge_compute_seconds")); // 80 + 4 and 81 + 4
    assertEquals(Optional.of(240.5), value(row, "edge_wait_seconds"));
    assertEquals(Optional.of(260L << 20), value(row, "train_peak_bytes"));
    assertEquals(List.of(4, 4, 2), List.of(row.count(), row.of(), row.reused()));
    assertEquals(Optional.empty(), value(row, "edge_latency_p50_seconds"));
    assertEquals(Optional.empty(), value(row, "edge_wire_up_bytes_per_image"));
    assertEquals(72.2, row.accuracy().mean().orElseThrow(), 1e-9);
  }

  @Test
  void aCellThatFailedBeforeItsLinkWasKnownIsOneOfTheOnlyLink() {
    EdgeTable.Row linear = row(table(EdgeExample.records()), "linear (cloud)", EdgeExample.PLAIN);
    assertEquals(List.of(3, 4), List.of(linear.count(), linear.of()));
    Cell cell = EdgeExample.cell(EdgeExample.LINEAR, "kitti", 0, Features.CLOUD);
    List<CellRecord> failed = List.of(Records.failed(cell, Reason.CRASHED, "no route"));
    EdgeTable.Row row = table(failed).rows().get(0);
    assertEquals(EdgeTable.NO_LINK, row.link());
    assertTrue(row.metrics().values().stream().allMatch(Optional::isEmpty), row.toString());
  }

  /** By hand: 197 tokens of 768 values, 13 maps, 224 x 224 pixels of three bytes. */
  @Test
  void whatElseMayTravelIsBesideIt() {
    assertEquals(
        List.of(
            new Baseline("image file", "as stored", 12_000),
            new Baseline("raw pixels", "uint8", 150_528),
            new Baseline("CLS token", "float32", 3_072),
            new Baseline("one map", "float32", 605_184),
            new Baseline("one map", "float16", 302_592),
            new Baseline("one map", "int8", 152_084),
            new Baseline("all 13 maps", "float32", 7_867_392)),
        table(EdgeExample.records()).baselines());
  }

  @Test
  void whatWeighsMoreThanTheImageIsNamed() {
    List<String> notes =
        EdgeGrid.of(table(EdgeExample.records()), "", "").get(0).notes().subList(0, 2);
    String heavy =
        "miet (cloud) (untuned), miet (cloud-float16) (untuned), miet (cloud-int8) (untuned)";
    assertEquals(
        List.of(
            "features weigh more than the image's file: "
                + heavy
                + ", miet[pool=2] (cloud-int8) (untuned)",
            "features weigh more than the image's raw pixels: " + heavy),
        notes);
  }

  @Test
  void columnsThatNobodyHasANumberForAreNotShown() {
    List<CellRecord> records = new ArrayList<>(EdgeExample.records());
    List<String> all = EdgeGrid.of(table(records), "", "").get(0).header();
    assertTrue(
        all.containsAll(List.of("wire up (bytes/image)", "latency p50 (ms)")), () -> "" + all);
    records.removeIf(
        record -> record.edge().map(EdgeUse::link).filter(EdgeExample.SLOW::equals).isPresent());
    Grid grid = EdgeGrid.of(table(records), "", "").get(0);
    assertFalse(String.join(" ", grid.header()).matches(".*(wire|latency).*"), () -> "" + all);
    assertTrue(
        String.join(" ", grid.notes()).contains("are in no number"), () -> "" + grid.notes());
  }

  /** The same method with a backbone of its own has a row of its own in every table. */
  @Test
  void costsOfEdgeCellsMeetNoOthers() {
    CostTable costs = sections(EdgeExample.records()).get(0).costs().get(0);
    Map<String, Optional<Number>> peaks = new TreeMap<>();
    costs.rows().forEach(row -> peaks.put(row.method(), row.value(Metrics.TRAIN_PEAK)));
    assertEquals(Optional.of(650L << 20), peaks.get("miet (cached) (untuned)"));
    assertEquals(Optional.of(260L << 20), peaks.get("miet (cloud) (untuned)"));
    List<CellRecord> alone = new ArrayList<>(EdgeExample.records());
    alone.removeIf(record -> record.edge().isEmpty());
    assertEquals(
        table(EdgeExample.records()).rows().stream().map(EdgeTable.Row::metrics).toList(),
        table(alone).rows().stream().map(EdgeTable.Row::metrics).toList());
  }

  @Test
  void aLearnerOfASharedPassTellsOfNoTrafficOfItsOwn() {
    Cell one = EdgeExample.cell(EdgeExample.LINEAR, "kitti", 0, Features.CLOUD);
    Cell two = EdgeExample.cell(EdgeExample.MIET, "kitti", 0, Features.CLOUD);
    EdgeTable.Row row = table(SharedExample.pass(List.of(one, two), 80)).rows().get(0);
    assertEquals(List.of(0, 1, 1), List.of(row.count(), row.of(), row.shared()));
    assertTrue(row.metrics().values().stream().allMatch(Optional::isEmpty), row.toString());
    assertTrue(row.accuracy().whole());
  }

  @Test
  void withoutEdgeCellsThereIsNoTable() throws IOException {
    assertEquals(List.of(), sections(SharedExample.records()).get(0).edges());
    Report report = Report.of(SharedExample.records(), Example.ORDER, Map.of());
    assertFalse(report.render(Format.MD).contains("Edge cells"));
    assertTrue(
        report.draw(folder).stream().noneMatch(file -> file.toString().contains("accuracy-bytes")));
    assertFalse(
        Report.of(EdgeExample.records(), Example.ORDER, Map.of())
            .accuracyOnly()
            .render(Format.MD)
            .contains("Edge cells"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      value = {
        "MD => **Edge cells: ",
        "MD => **What an image weighs if something else travels.**",
        "HTML => <td>605184</td><td>605188</td>",
        "LATEX => \\label{tab:edge-1-1}",
        "LATEX => all 13 maps & float32 & 7867392 \\\\",
        "CSV => ,cloud,edge,edge_tensor_bytes_per_image,,,605184,,4,4,,,,as it is",
        "CSV => ,cloud,edge,accuracy,72.2,0.2828",
        "CSV => ,one map,int8,edge baseline,bytes_per_image,,,152084,,,,,,,",
        "JSON => \"edge_down_bytes_per_image\" : 605188.0"
      })
  void edgeCellsAreInEveryFormat(Format format, String expected) {
    String report = render(format);
    assertTrue(report.contains(expected), report);
  }

  @Test
  void cellsSayWhatTheyHadOfACloud() {
    List<List<String>> csv =
        CellsReport.of(
                List.of(
                    EdgeExample.edge(
                        EdgeExample.cell(EdgeExample.LINEAR, "kitti", 0, Features.CLOUD),
                        600,
                        3072,
                        EdgeExample.PLAIN,
                        true),
                    Records.succeeded(Example.lora("kitti", 0), 700)))
            .render(Format.CSV)
            .lines()
            .map(line -> List.of(line.split(",", -1)))
            .toList();
    assertEquals(List.of("as it is", ""), column(csv, "edge_link"));
    assertEquals(List.of("true", ""), column(csv, "edge_reused"));
    assertEquals(List.of("2000", ""), column(csv, "edge_images"));
    assertEquals(List.of("3072", ""), column(csv, "edge_tensor_bytes_per_image"));
    assertEquals(List.of("84", ""), column(csv, "edge_compute_seconds"));
  }

  private static List<String> column(List<List<String>> csv, String name) {
    int at = csv.get(0).indexOf(name);
    assertTrue(at >= 0, name);
    return csv.stream().skip(1).map(line -> line.get(at)).toList();
  }

  @Test
  void theCurveHasALineAMethodAndMarksOfWhatElseMayTravel() {
    ByteCurve curve = ByteCurve.of(sections(wholeRecords())).get(0);
    assertEquals("accuracy-bytes-1-1", curve.name());
    assertEquals(
        List.of(
            line("linear (untuned)", new ByteCurve.Point(FeatureType.FLOAT32, 3_072, 60)),
            line(
                "miet (untuned)",
                new ByteCurve.Point(FeatureType.INT8, 152_084, 71.6),
                new ByteCurve.Point(FeatureType.FLOAT32, 605_184, 72)),
            line("miet[pool=2] (untuned)", new ByteCurve.Point(FeatureType.INT8, 38_600, 70))),
        curve.lines());
    assertEquals(
        List.of(12_000.0, 150_528.0, 3_072.0, 605_184.0, 7_867_392.0),
        curve.marks().stream().map(Baseline::bytesPerImage).toList());
    XYChart chart = ByteChart.draw(curve);
    assertTrue(chart.getStyler().isXAxisLogarithmic());
    assertTrue(chart.getStyler().getXAxisMin() < 3_072);
    assertTrue(chart.getStyler().getXAxisMax() > 7_867_392);
    assertEquals(
        List.of("linear*", "miet*", "miet[pool=2]*"),
        chart.getSeriesMap().values().stream()
            .filter(XYSeries::isShowInLegend)
            .map(XYSeries::getName)
            .toList());
  }

  private static ByteCurve.Line line(String method, ByteCurve.Point... points) {
    return new ByteCurve.Line(method, List.of(points));
  }

  @Test
  void linksAreNamedWhereOnlyTheyTellLinesApart() {
    List<CellRecord> records = new ArrayList<>(wholeRecords());
    records.add(
        EdgeExample.edge(
            EdgeExample.cell(EdgeExample.LINEAR, "kitti", 1, Features.CLOUD),
            610,
            3_072,
            "wifi",
            false));
    assertEquals(
        List.of("linear (untuned), as it is", "linear (untuned), wifi"),
        ByteCurve.of(sections(records)).get(0).lines().stream()
            .map(ByteCurve.Line::method)
            .filter(name -> name.startsWith("linear"))
            .toList());
  }

  @Test
  void theCurveIsWrittenForScreenAndForPaper() throws IOException {
    List<Path> drawn =
        Report.of(wholeRecords(), new TaskOrder(List.of()), Map.of()).draw(folder).stream()
            .filter(file -> file.toString().contains("accuracy-bytes"))
            .toList();
    assertEquals(List.of(folder.resolve("accuracy-bytes-1-1")), drawn);
    assertTrue(Files.size(Path.of(drawn.get(0) + ".png")) > 10_000);
    assertTrue(Files.readString(Path.of(drawn.get(0) + ".svg")).contains("<svg"));
  }

  /** One task and seed, no cell failed. */
  private static List<CellRecord> wholeRecords() {
    return Stream.of(
            EdgeExample.edge(
                kitti(EdgeExample.LINEAR, Features.CLOUD), 600, 3_072, "as it is", false),
            EdgeExample.edge(
                kitti(EdgeExample.MIET, Features.CLOUD), 720, 605_184, "as it is", false),
            EdgeExample.edge(
                kitti(EdgeExample.MIET, Features.CLOUD_INT8), 716, 152_084, "as it is", false),
            EdgeExample.edge(
                kitti(EdgeExample.POOLED, Features.CLOUD_INT8), 700, 38_600, "as it is", false))
        .toList();
  }

  private static Cell kitti(MethodChoice method, Features features) {
    return EdgeExample.cell(method, "kitti", 0, features);
  }
}
