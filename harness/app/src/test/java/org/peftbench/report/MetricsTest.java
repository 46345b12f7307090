package org.peftbench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.peftbench.result.CellRecord;
import org.peftbench.result.Records;

class MetricsTest {

  /** 1.5 MiB a cell; a seed adds one. */
  private static final Metric ADDED =
      MetricGroup.TIME.largest(
          "novel_bytes",
          "novel",
          Unit.MIB.withDecimals(1),
          cell -> Optional.of((3L << 19) + (cell.cell().seed() << 20)));

  private static final List<Metric> METRICS =
      Stream.concat(Metrics.COSTS.stream(), Stream.of(ADDED)).toList();

  private static CellRecord lora(long seed) {
    return Records.succeeded(Example.lora("cifar100", seed), 700);
  }

  /** Two cells of one method: the largest is 2.5 MiB. */
  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      value = {
        "MD => judge (images/s) | novel (MiB) |",
        "MD => n/a |         2.5 |",
        "LATEX => & judge (images/s) & novel (MiB) \\\\",
        "LATEX => & 1024 & n/a & 2.5 \\\\",
        "HTML => <th scope=\"col\">novel (MiB)</th></tr>",
        "HTML => <td>1024</td><td>n/a</td><td>2.5</td></tr>",
        "CSV => lora[rank=8] (untuned),live,cost,novel_bytes,,,,2621440,2,2,",
        "JSON => \"novel_bytes\" : 2621440"
      })
  void aMetricOfTheListIsInEveryFormat(Format format, String expected) {
    String report =
        Report.of(List.of(lora(0), lora(1)), Example.ORDER, Map.of(), METRICS).render(format);
    assertTrue(report.contains(expected), report);
  }

  @Test
  void aMetricOfTheListIsInTheListOfCells() {
    CellsReport cells = CellsReport.of(List.of(lora(1)), METRICS);
    String csv = cells.render(Format.CSV);
    List<String> header = List.of(csv.lines().findFirst().orElseThrow().split(","));
    List<String> line = List.of(csv.lines().skip(1).findFirst().orElseThrow().split(","));
    assertEquals("2621440", line.get(header.indexOf("novel_bytes")));
    assertTrue(cells.render(Format.JSON).contains("\"novel_bytes\" : 2621440"));
    assertTrue(cells.render(Format.MD).contains(" novel_bytes |"));
  }

  @Test
  void theListOfCellsBeginsWithTheColumnsThatScriptsRelyOn() {
    String csv = CellsReport.of(List.of(lora(0))).render(Format.CSV);
    assertTrue(
        csv.startsWith(
            "method,task,seed,status,reason,accuracy,trainable_parameters,train_peak_bytes,"
                + "train_seconds,end_to_end_seconds,"),
        csv);
  }

  @Test
  void namesAndHeadersAreThoseOfOneMetric() {
    List<Metric> all =
        Stream.of(Metrics.COSTS, Metrics.SHARED_PASS, Metrics.EDGE)
            .flatMap(List::stream)
            .distinct()
            .toList();
    List<String> names = all.stream().map(Metric::name).toList();
    assertEquals(names.stream().distinct().toList(), names);
    assertTrue(names.stream().allMatch(name -> name.matches("[a-z0-9_]+")), names.toString());
    for (MetricGroup group : MetricGroup.values()) {
      List<String> headers =
          all.stream().filter(metric -> metric.group() == group).map(Metric::header).toList();
      assertEquals(headers.stream().distinct().toList(), headers);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatNoCellHasIsEmpty(Summary summary) {
    assertEquals(Optional.empty(), summary.of(List.of(), cell -> Optional.of(1)));
    assertEquals(Optional.empty(), summary.of(List.of(lora(0)), cell -> Optional.empty()));
  }

  @Test
  void summariesAreThoseComputedByHand() {
    List<CellRecord> cells = List.of(lora(0), lora(3), lora(1), lora(2));
    Reading seed = cell -> Optional.of(cell.cell().seed());
    Reading minus = cell -> Optional.of(-cell.cell().seed());
    assertEquals(Optional.of(1.5), Summary.MEDIAN.of(cells, seed));
    assertEquals(Optional.of(3L), Summary.LARGEST.of(cells, seed));
    assertEquals(Optional.empty(), Summary.LARGEST_ABOVE_ZERO.of(cells, minus));
    assertEquals(Optional.of(-3L), Summary.AT_LARGEST_PEAK.of(cells, minus)); // a MiB a seed
  }
}
