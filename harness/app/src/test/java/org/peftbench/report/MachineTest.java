package org.peftbench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.peftbench.cell.Cell;
import org.peftbench.cell.DeviceType;
import org.peftbench.result.CellRecord;
import org.peftbench.result.GpuUse;
import org.peftbench.result.Provenance;
import org.peftbench.result.Records;
import org.peftbench.result.Watched;

/** Cells of one run on several GPUs. */
class MachineTest {

  private static final GpuUse.Facts H100 = facts("NVIDIA H100 80GB HBM3");
  private static final GpuUse.Facts L4 = facts("NVIDIA L4");

  private static GpuUse.Facts facts(String name) {
    return new GpuUse.Facts(
        Optional.of("GPU-" + name.hashCode()),
        Optional.of(name),
        Optional.of("580.1"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** A cell of LoRA, on a GPU whose driver may tell what it is. */
  private static CellRecord on(String accelerator, Optional<GpuUse.Facts> facts, long seed) {
    Cell cpu = Records.cell(Records.method("lora"), "svhn", seed, Records.PROTOCOL);
    Cell cell =
        new Cell(
            cpu.method(),
            cpu.task(),
            cpu.dataSha256(),
            seed,
            cpu.backbone(),
            cpu.protocol(),
            DeviceType.CUDA);
    CellRecord record = Records.succeeded(cell, 500 + seed);
    Provenance made = record.provenance();
    Provenance there =
        new Provenance(
            made.startedAt(),
            made.harness(),
            made.commit(),
            made.engine(),
            made.build(),
            made.java(),
            made.os(),
            made.cpu(),
            made.threads(),
            made.processors(),
            accelerator,
            made.memoryMethod());
    Watched watched =
        new Watched(
            Records.WATCHED.sampling(),
            Records.WATCHED.resident(),
            facts.map(known -> new GpuUse(known, "pid", Optional.empty())),
            Optional.empty());
    return CellRecord.succeeded(
        cell,
        record.outcome().orElseThrow(),
        record.steps().orElseThrow(),
        record.inference(),
        new CellRecord.Costs(
            record.phases(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.of(watched),
            100,
            there));
  }

  private static Section section(CellRecord... records) {
    List<Section> sections =
        Section.of(List.of(records), Example.ORDER, Example.NOTES, Metrics.COSTS);
    assertEquals(1, sections.size(), "accuracies of all GPUs are of one setting");
    return sections.get(0);
  }

  private static List<Integer> cells(Section section) {
    return section.costs().stream().map(table -> table.rows().get(0).count()).toList();
  }

  @Test
  void gpusOfOneModelShareTables() {
    Section section =
        section(on("cuda:0", Optional.of(H100), 0), on("cuda:1", Optional.of(H100), 1));
    assertEquals(List.of(2), cells(section));
    assertEquals(
        "NVIDIA H100 80GB HBM3 (driver 580.1)", section.costs().get(0).machine().accelerator());
  }

  /** As on two kinds of processor: accuracies stand in one row, costs in tables of their own. */
  @Test
  void gpusOfTwoModelsDoNotShareCosts() {
    Section section = section(on("cuda:0", Optional.of(H100), 0), on("cuda:1", Optional.of(L4), 1));
    assertEquals(List.of(1, 1), cells(section));
    assertEquals(1, section.accuracy().rows().size());
  }

  @Test
  void gpusOfWhichNothingIsKnownAreNotTakenForEqual() {
    Section section = section(on("cuda:0", Optional.empty(), 0), on("cuda:1", Optional.empty(), 1));
    assertEquals(List.of(1, 1), cells(section));
  }
}
