package org.peftbench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.peftbench.result.CellRecord;
import org.peftbench.result.Records;

class CaptionsTest {

  private static final List<CellRecord> ONE =
      List.of(Records.succeeded(Example.lora("cifar100", 0), 700));

  private static Captions captions(List<CellRecord> records) {
    return Captions.of(Section.of(records, Example.ORDER, Map.of(), Metrics.COSTS));
  }

  @ParameterizedTest
  @EnumSource(names = {"MD", "HTML", "LATEX"})
  void whatAllTablesShareIsSaidOnceAboveThem(Format format) {
    String report = Report.of(ONE, Example.ORDER, Map.of()).render(format);
    for (String shared :
        List.of("Setting of all tables: vit", "batch size 64", "measured on Xeon")) {
      int at = report.indexOf(shared);
      assertTrue(at >= 0 && at < report.indexOf("Top-1"), report);
      assertEquals(-1, report.indexOf(shared, at + 1), report);
    }
  }

  @Test
  void whatDiffersStandsAboveItsTable() {
    List<Section> sections = Section.of(Example.records(), Example.ORDER, Map.of(), Metrics.COSTS);
    Captions captions = Captions.of(sections);
    assertTrue(captions.top().endsWith("profile vtab, device cpu"), captions.top());
    assertEquals(
        List.of("first 100 test images", "test split", "validation split (val200)"),
        sections.stream().map(captions::above).toList());
    assertEquals(
        "test split; measured on EPYC, 2 threads, PyTorch 2.7.1, memory by vmhwm",
        captions.above(sections.get(1), sections.get(1).costs().get(0).machine()));
  }

  @Test
  void withoutCostsNoMachineIsNamed() {
    String report = Report.of(ONE, Example.ORDER, Map.of()).accuracyOnly().render(Format.MD);
    assertTrue(!report.contains("measured on"), report);
  }

  @Test
  void nothingSharedIsNothingSaid() {
    assertEquals("", captions(List.of()).top());
  }
}
