package org.peftbench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.peftbench.cell.Cell;
import org.peftbench.cell.DeviceType;
import org.peftbench.cell.Phase;
import org.peftbench.result.CellRecord;
import org.peftbench.result.GpuCost;
import org.peftbench.result.Outcome;
import org.peftbench.result.PhaseCost;
import org.peftbench.result.Provenance;
import org.peftbench.result.Records;

/** Memory is shown where the training was: of a cell on a GPU that of the GPU. */
class GpuMemoryTest {

  private static final long MIB = 1 << 20;

  /** 3,000 MiB on the GPU, 5,000 in the process; a seed adds one to either. */
  private static CellRecord onGpu(String method, long seed, Optional<Long> trainMib) {
    Cell onCpu = Records.cell(Records.method(method), "cifar100", seed, Records.PROTOCOL);
    Cell cell =
        new Cell(
            onCpu.method(),
            onCpu.task(),
            onCpu.dataSha256(),
            seed,
            onCpu.backbone(),
            onCpu.protocol(),
            DeviceType.CUDA);
    Provenance cpu = Records.on("Xeon", "2026-11-21T12:00:00Z");
    Provenance gpu =
        new Provenance(
            cpu.startedAt(),
            cpu.harness(),
            cpu.commit(),
            cpu.engine(),
            cpu.build(),
            cpu.java(),
            cpu.os(),
            cpu.cpu(),
            cpu.threads(),
            cpu.processors(),
            "cuda:0",
            cpu.memoryMethod());
    return Records.record(
        cell,
        new Outcome(700, 1000, 1000, List.of(0.5), 262_144 * 10, 0, 262_144 * 100, 0),
        List.of(
            phase(Phase.ENGINE, 400, Optional.of(600L)),
            phase(Phase.TRAIN, 5_000 + seed, trainMib.map(mebibytes -> mebibytes + seed)),
            phase(Phase.TEST, 4_000, Optional.of(1_500L))),
        100,
        gpu);
  }

  private static PhaseCost phase(Phase phase, long hostMib, Optional<Long> gpuMib) {
    GpuCost cost =
        new GpuCost(
            gpuMib.map(mebibytes -> mebibytes * MIB),
            Optional.of(70_000 * MIB),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of());
    return new PhaseCost(
        phase,
        10,
        Optional.of(hostMib * MIB),
        Optional.of(cost),
        Optional.empty(),
        Optional.empty());
  }

  private static CellRecord onGpu(String method, long seed) {
    return onGpu(method, seed, Optional.of(3_000L));
  }

  private static Optional<Number> value(CellRecord record, String name) {
    return Metrics.COSTS.stream()
        .filter(metric -> metric.name().equals(name))
        .findFirst()
        .orElseThrow()
        .of(record);
  }

  @Test
  void ofACellOnAGpuItIsTheGpusWithTheHostsBesideIt() {
    CellRecord record = onGpu("lora", 7);
    assertEquals(Optional.of(3_007 * MIB), value(record, "train_peak_bytes"));
    assertEquals(Optional.of(5_007 * MIB), value(record, "host_train_peak_bytes"));
    assertEquals(Optional.of(600 * MIB), value(record, "floor_bytes"));
    assertEquals(Optional.of(1_500 * MIB), value(record, "test_peak_bytes"));
  }

  @Test
  void ofACellOnTheProcessorsItIsTheProcesss() {
    CellRecord record = Records.succeeded(Example.lora("cifar100", 7), 700);
    assertEquals(Optional.of(2_007 * MIB), value(record, "train_peak_bytes"));
    assertEquals(Optional.of(2_007 * MIB), value(record, "host_train_peak_bytes"));
  }

  @Test
  void whatADriverDoesNotTellIsNotTheHosts() {
    CellRecord record = onGpu("lora", 0, Optional.empty());
    assertEquals(Optional.empty(), value(record, "train_peak_bytes"));
    assertEquals(Optional.empty(), Ledger.of(record));
    String row = row(List.of(record), "train peak memory");
    assertTrue(row.contains("n/a"), row);
  }

  @Test
  void theLedgerSubtractsFromTheMemoryThatWeightsAreIn() {
    Ledger ledger = Ledger.of(onGpu("lora", 0)).orElseThrow();
    assertEquals(600 * MIB, ledger.floor());
    assertEquals(100 * MIB, ledger.weights());
    assertEquals(30 * MIB, ledger.gradients() + ledger.optimizer());
    assertEquals(3_000 * MIB, ledger.peak());
    assertEquals((3_000 - 600 - 100 - 30) * MIB, ledger.rest());
  }

  @Test
  void tablesShowBothAndSayWhatTheDriversNumberIs() {
    String tables = tables(onGpu("lora", 0), onGpu("last", 0));
    assertTrue(tables.contains("| train peak memory (MiB) | host memory (MiB) |"), tables);
    assertTrue(tables.contains("|                    3000 |              5000 |"), tables);
    assertTrue(tables.contains("memory by NVML, the host's by vmhwm"), tables);
    assertEquals(4, tables.lines().filter(("- " + CostGrids.GPU_MEMORY)::equals).count(), tables);
    assertFalse(tables.contains("the Java machine"), tables);
  }

  @Test
  void noTableHasRowsOfAGpuAndOfProcessors() {
    CellRecord processors = Records.succeeded(Example.lora("cifar100", 1), 700);
    for (Section section :
        Section.of(List.of(onGpu("last", 0), processors), Example.ORDER, Map.of(), Metrics.COSTS)) {
      section.costs().forEach(table -> assertEquals(1, table.rows().size()));
    }
  }

  @Test
  void noiseIsThatOfTheGpusMemory() {
    List<Noise> noises =
        Noise.between(
            List.of(onGpu("lora", 0), onGpu("lora", 2)),
            List.of(onGpu("lora", 1), onGpu("lora", 3)));
    assertEquals(3_001, noises.get(2).first());
    assertEquals(3_002, noises.get(2).second());
  }

  private static String tables(CellRecord... records) {
    return Report.of(List.of(records), Example.ORDER, Map.of()).render(Format.MD);
  }

  private static String row(List<CellRecord> records, String column) {
    List<String> lines = tables(records.toArray(CellRecord[]::new)).lines().toList();
    int header =
        lines.indexOf(
            lines.stream().filter(line -> line.contains(column)).findFirst().orElseThrow());
    return lines.get(header + 2);
  }
}
