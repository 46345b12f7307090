package org.peftbench.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.peftbench.result.CellRecord;

/** Compares with files that a person has read; what came out instead is in target/golden. */
class GoldenTest {

  @ParameterizedTest
  @EnumSource
  void theReportIsAsRead(Format format) throws IOException {
    List<CellRecord> records = Example.records();
    assertGolden(
        "report." + format.extension(),
        Report.of(records, Example.ORDER, Example.NOTES).render(format));
    Collections.shuffle(records, new Random(1));
    assertGolden(
        "report." + format.extension(),
        Report.of(records, Example.ORDER, Example.NOTES).render(format));
  }

  @ParameterizedTest
  @EnumSource(names = {"MD", "CSV", "JSON"})
  void theListOfCellsIsAsRead(Format format) throws IOException {
    assertGolden("cells." + format.extension(), CellsReport.of(Example.records()).render(format));
  }

  @Test
  void studiesAndSharedPassesAreAsRead() throws IOException {
    assertGolden(
        "shared.md",
        Report.of(SharedExample.records(), Example.ORDER, Example.NOTES).render(Format.MD));
  }

  @ParameterizedTest
  @EnumSource(names = {"MD", "CSV"})
  void edgeCellsAreAsRead(Format format) throws IOException {
    assertGolden(
        "edge." + format.extension(),
        Report.of(EdgeExample.records(), Example.ORDER, Example.NOTES).render(format));
  }

  @Test
  void accuracyAloneIsTheReportWithoutItsCosts() throws IOException {
    assertGolden(
        "accuracy.md",
        Report.of(Example.records(), Example.ORDER, Example.NOTES)
            .accuracyOnly()
            .render(Format.MD));
  }

  private static void assertGolden(String name, String text) throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "golden"));
    Files.writeString(folder.resolve(name), text);
    try (InputStream golden =
        Objects.requireNonNull(GoldenTest.class.getResourceAsStream(name), name)) {
      assertEquals(new String(golden.readAllBytes(), UTF_8), text);
    }
  }
}
