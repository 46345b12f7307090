package org.peftbench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.peftbench.cell.Features;
import org.peftbench.cell.MethodChoice;
import org.peftbench.cell.Rate;
import org.peftbench.cell.Split;
import org.peftbench.cell.Study;
import org.peftbench.result.CellRecord;
import org.peftbench.result.Records;

/** Who chose the learning rates of a table's rows. */
class TuningTest {

  private static final MethodChoice LORA = Records.method("lora");
  private static final CellRecord UNTUNED = cell(LORA, "kitti", SharedExample.unchosen(0.003));
  private static final CellRecord TUNED =
      cell(Records.method("last"), "kitti", SharedExample.chosen(0.01));
  private static final CellRecord GIVEN =
      cell(Records.method("full"), "kitti", SharedExample.given(0.001, 1e-4));

  private static CellRecord cell(MethodChoice method, String task, Rate rate) {
    return Records.succeeded(SharedExample.cell(method, task, 0, rate), 700);
  }

  private static Report report(CellRecord... records) {
    return Report.of(List.of(records), Example.ORDER, Map.of());
  }

  private static List<String> labels(CellRecord... records) {
    return MethodRow.of(List.of(records)).stream().map(MethodRow::label).toList();
  }

  private static String caption(CellRecord... records) {
    List<Section> sections = Section.of(List.of(records), Example.ORDER, Map.of(), Metrics.COSTS);
    assertEquals(1, sections.size());
    return sections.get(0).caption().toString();
  }

  private static Rate byStudy(Study study, double lr) {
    return new Rate(lr, true, false, 0.05, Optional.of(study));
  }

  private static void assertHas(String text, String... parts) {
    for (String part : parts) {
      assertTrue(text.contains(part), () -> part + " is not in " + text);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRateThatNobodyChoseIsMarkedInEveryFormat(Format format) {
    Report report = report(UNTUNED, TUNED, GIVEN);
    for (String tables : List.of(report.render(format), report.accuracyOnly().render(format))) {
      assertHas(tables, "lora (untuned)");
      assertFalse(tables.contains("last (untuned)"), tables);
      assertFalse(tables.contains("full (untuned)"), tables);
    }
  }

  @Test
  void everyTableOfAReportHasTheMark() {
    String tables = report(UNTUNED).render(Format.MD);
    List<String> rows = tables.lines().filter(line -> line.startsWith("| lora")).toList();
    assertEquals(6, rows.size(), tables);
    assertTrue(rows.stream().allMatch(row -> row.startsWith("| lora (untuned) ")), tables);
    assertEquals(1, tables.lines().filter(line -> line.startsWith("- untuned: ")).count(), tables);
  }

  @Test
  void aTableOfValidationImagesHasItToo() {
    CellRecord judged =
        Records.succeeded(
            Records.cell(
                LORA, "kitti", 0, Records.protocol(Features.LIVE, Split.VAL, Optional.empty())),
            700);
    assertHas(report(judged).render(Format.MD), "lora (untuned)");
  }

  @Test
  void programsReadItFromColumnsOfTheirOwn() {
    String csv = report(UNTUNED, TUNED).render(Format.CSV);
    assertHas(
        csv,
        ",reason,untuned,study,link\n",
        "lora (untuned),live,task,kitti,70,,,,1,1,,true,,\n",
        "last,live,task,kitti,70,,,,1,1,,false,"
            + "\"pocket-val (5 trials, 3 seeds, sha256 0123abcd)\",\n");
    assertHas(
        report(UNTUNED, TUNED).render(Format.JSON),
        "\"untuned\" : true",
        "\"untuned\" : false",
        "\"name\" : \"pocket-val\"");
  }

  @Test
  void theListOfCellsHasRateDecayAndWhoChoseThem() {
    CellsReport cells = CellsReport.of(List.of(UNTUNED, TUNED));
    assertHas(
        cells.render(Format.CSV),
        "\nlora,kitti,",
        ",live,0.003,0.0001,true,,",
        "\nlast,kitti,",
        ",live,0.01,0.05,false,\"pocket-val (5 trials, 3 seeds, sha256 0123abcd)\",");
    assertHas(cells.render(Format.JSON), "\"untuned\" : true", "\"lr\" : 0.003");
  }

  @Test
  void aRowWithACellOfAnUnchosenRateIsUntuned() {
    CellRecord asked = cell(LORA, "kitti", SharedExample.given(0.003, 1e-4));
    CellRecord unasked = cell(LORA, "eurosat", SharedExample.unchosen(0.003));
    assertEquals(List.of("lora (untuned)"), labels(asked, unasked));
    assertEquals(List.of("lora"), labels(asked));
  }

  @Test
  void aStudyIsNamedOnceForAllItsMethods() {
    Study small = new Study("small", "f".repeat(64), 1, 1);
    String tables =
        report(
                cell(Records.method("losa"), "kitti", SharedExample.chosen(0.01)),
                cell(Records.method("last"), "kitti", SharedExample.chosen(0.03)),
                cell(LORA, "kitti", byStudy(small, 0.01)))
            .render(Format.MD);
    assertEquals(
        List.of(
            "- last, losa: rate chosen by study pocket-val (5 trials, 3 seeds, sha256 0123abcd)",
            "- lora: rate chosen by study small (1 trial, 1 seed, sha256 ffffffff)"),
        tables.lines().filter(line -> line.contains("by study")).toList());
    assertFalse(tables.contains("untuned"), tables);
  }

  @Test
  void ratesThatAStudyChoseTaskByTaskAreOneRow() {
    CellRecord[] records = {
      cell(SharedExample.LAST, "kitti", SharedExample.chosen(0.01)),
      cell(SharedExample.LAST, "eurosat", SharedExample.chosen(0.03)),
      cell(LORA, "kitti", SharedExample.chosen(0.01)),
      cell(LORA, "eurosat", SharedExample.chosen(0.01))
    };
    assertEquals(List.of("last[tuned=study.json]", "lora"), labels(records));
    assertHas(caption(records), "lr of each method (last by task lora 0.01), weight decay 0.05,");
  }

  @Test
  void noSeedOfATaskIsLostInARow() {
    assertEquals(
        List.of("lora (lr 0.01)", "lora (lr 0.03)"),
        labels(
            cell(LORA, "kitti", SharedExample.chosen(0.01)),
            cell(LORA, "kitti", SharedExample.chosen(0.03))));
  }

  @Test
  void rowsOfOneMethodAreToldApartByWhatTheyDifferIn() {
    assertEquals(
        List.of("lora (weight decay 0.0001)", "lora (weight decay 0.05)"),
        labels(
            cell(LORA, "kitti", SharedExample.given(0.01, 1e-4)),
            cell(LORA, "kitti", SharedExample.given(0.01, 0.05))));
    assertEquals(
        List.of("lora (lr 0.01)", "lora (lr 0.03)"),
        labels(
            cell(LORA, "kitti", SharedExample.given(0.01, 0.05)),
            cell(LORA, "kitti", SharedExample.given(0.03, 0.05))));
    assertEquals(
        List.of(
            "lora (lr 0.01, weight decay 0.05)",
            "lora (lr 0.03, weight decay 0.0001) (untuned)",
            "lora (study pocket-val 0123abcd)",
            "lora (study pocket-val 99999999)",
            "lora (study wide)"),
        labels(
            cell(LORA, "kitti", SharedExample.given(0.01, 0.05)),
            cell(LORA, "kitti", SharedExample.unchosen(0.03)),
            cell(LORA, "kitti", SharedExample.chosen(0.03)),
            cell(LORA, "kitti", byStudy(new Study("pocket-val", "9".repeat(64), 5, 3), 0.03)),
            cell(LORA, "kitti", byStudy(new Study("wide", "9".repeat(64), 5, 3), 0.03))));
  }

  @Test
  void weightDecayOfItsOwnIsNoPartOfTheSetting() {
    assertHas(
        caption(
            cell(LORA, "kitti", SharedExample.given(0.01, 0.05)),
            cell(Records.method("full"), "kitti", SharedExample.given(0.01, 1e-4))),
        "lr of each method (full 0.01 lora 0.01)",
        "weight decay of each method (full 0.0001 lora 0.05)");
  }

  @Test
  void manyRatesOfAMethodAreToldByTheirRange() {
    assertHas(
        caption(
            cell(LORA, "kitti", SharedExample.given(0.01, 0.05)),
            cell(LORA, "kitti", SharedExample.given(0.003, 0.05))),
        "lr of each method (lora 0.003/0.01)");
    assertHas(
        caption(
            List.of(0.1, 0.01, 0.003, 0.03, 0.001).stream()
                .map(lr -> cell(LORA, "kitti", SharedExample.given(lr, 0.05)))
                .toArray(CellRecord[]::new)),
        "lr of each method (lora 0.001 to 0.1)");
  }
}
