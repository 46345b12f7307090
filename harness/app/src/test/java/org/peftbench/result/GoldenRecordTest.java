package org.peftbench.result;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peftbench.cell.Cell;
import org.peftbench.cell.Phase;

/**
 * Guards the names, the order and the units of what is published: renaming a component of any
 * record in this package changes the format of a file, and needs a new schema.
 */
class GoldenRecordTest {

  private static final Path PUBLISHED = Path.of("../../results/pocket");
  private static final Path SCHEMA_3 = Path.of("src/test/resources/org/peftbench/result/schema3");

  private static final GpuCost GPU =
      new GpuCost(
          Optional.of(3L << 30),
          Optional.of(4L << 30),
          Optional.of(1500.25),
          Optional.of(1490.5),
          Optional.of(1410.0),
          Optional.of(1593.0),
          Optional.of(87.5),
          Optional.of(61),
          List.of("software-power-cap"));

  private static final Watched WATCHED =
      new Watched(
          new Watched.Sampling(0.02, 6_000, 0.11, 0.25, Optional.of(0.375)),
          new Watched.MemoryCurve(0.8, List.of(300L << 20, 2000L << 20)),
          Optional.of(
              new GpuUse(
                  new GpuUse.Facts(
                      Optional.of("GPU-00000000"),
                      Optional.of("Fake GPU"),
                      Optional.of("570.1"),
                      Optional.of(80L << 30),
                      Optional.of(false),
                      Optional.of(true)),
                  "pid",
                  Optional.of(55.5))),
          Optional.of(new Watched.MemoryCurve(0.1, List.of(1L << 30, 3L << 30))));

  private static final EdgeUse EDGE =
      new EdgeUse(
          "https",
          "as it is",
          new EdgeUse.Traffic(
              1_000,
              12_000_000,
              150_528_000,
              900,
              10_800_512,
              302_592_000,
              302_600_000,
              Optional.of(11_500_000L),
              Optional.of(315_000_000L),
              62.5,
              1_024,
              3,
              65_536),
          false,
          Optional.of(new EdgeUse.Latency(50, 0.125, 0.25, 0.5)));

  @TempDir private Path folder;

  @Test
  void aRecordWithEverythingIsAsRead() throws IOException {
    Cell cell = Records.cell(Records.method("lora", "rank", "8"), "svhn", 0, Records.PROTOCOL);
    assertGolden(
        "whole.json",
        CellRecord.succeeded(
            cell,
            Records.succeeded(cell, 700).outcome().orElseThrow(),
            Records.STEPS,
            Optional.of(Records.INFERENCE),
            new CellRecord.Costs(
                List.of(
                    new PhaseCost(Phase.LOAD, 1.5, Optional.of(700L << 20)),
                    new PhaseCost(
                        Phase.TRAIN,
                        100,
                        Optional.of(2L << 30),
                        Optional.of(GPU),
                        Optional.of(950.0),
                        Optional.of(new Streamed(15_211_462_656L, Optional.of(1_048_576L), 2.5)))),
                Optional.of(
                    new SharedPass(List.of("last__svhn__seed0__0123456789ab"), 62.5, 25, 4096)),
                Optional.of(EDGE),
                List.of("the machine ran on its battery"),
                Optional.of(WATCHED),
                120,
                Records.on("Xeon", "2026-11-21T12:00:00Z"))));
  }

  @Test
  void aRecordOfAFailureIsAsRead() throws IOException {
    assertGolden(
        "failed.json",
        Records.failed(
            Records.cell(Records.method("last"), "svhn", 0, Records.PROTOCOL),
            Failure.Reason.OUT_OF_MEMORY,
            "in phase train"));
  }

  @Test
  void whatIsPublishedIsReadAndNothingOfItIsLost() throws IOException {
    assertNothingIsLost(PUBLISHED, text -> text);
  }

  /** It knew neither plugins nor precisions, studies, passes, clouds and streams. */
  @Test
  void whatWasPublishedOfSchema3IsReadAndNothingOfItIsLost() throws IOException {
    assertNothingIsLost(
        SCHEMA_3,
        text ->
            text.replace("\"schema\" : 8", "\"schema\" : 3")
                .replaceAll(",\\s*\"readingSeconds\" : null", "")
                .replaceAll(
                    ",\\s*\"(plugin|build|processors|study|sharedPass|edge|streamed)\" : null", "")
                .replaceAll(",\\s*\"lrGiven\" : false", "")
                .replaceAll(",\\s*\"backboneMemory\" : \"resident\",\\s*\"frames\" : 1", "")
                .replaceAll(",\\s*\"precision\" : \"float32\"", ""));
  }

  private void assertNothingIsLost(Path records, UnaryOperator<String> asItWas) throws IOException {
    List<CellRecord> read = RecordFolder.open(records).readAll();
    assertFalse(read.isEmpty());
    for (CellRecord record : read) {
      Path again = RecordFolder.create(folder).write(record);
      assertEquals(
          Files.readString(records.resolve(again.getFileName())),
          asItWas.apply(Files.readString(again)));
    }
  }

  private void assertGolden(String name, CellRecord record) throws IOException {
    String text = Files.readString(RecordFolder.create(folder).write(record));
    Files.writeString(Files.createDirectories(Path.of("target", "golden")).resolve(name), text);
    try (InputStream golden =
        Objects.requireNonNull(GoldenRecordTest.class.getResourceAsStream(name), name)) {
      assertEquals(new String(golden.readAllBytes(), UTF_8), text);
    }
    assertEquals(Optional.of(record), RecordFolder.open(folder).find(record.cell()));
  }
}
