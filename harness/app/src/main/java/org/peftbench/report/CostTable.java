package org.peftbench.report;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static org.peftbench.report.CellStatistics.largest;
import static org.peftbench.report.CellStatistics.median;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.peftbench.cell.Features;
import org.peftbench.result.CellRecord;
import org.peftbench.result.Outcome;
import org.peftbench.result.PhaseCost;
import org.peftbench.result.RecordFolder;
import org.peftbench.result.StepTimes;

/** What the methods of one setting cost on one machine: a row a method, over tasks and seeds. */
record CostTable(Machine machine, List<Row> rows) {

  /**
   * One method; only cells that succeeded count, for a failed one was not trained to the end.
   *
   * @param trainableParameters without the head; the largest
   * @param adapterBytes of all that is trained, the head too; the largest
   * @param transferBytesPerImage of a side method; the largest
   * @param floorBytes before any weight is loaded: program and engine; the largest
   * @param trainPeakBytes the largest
   * @param ledger where the memory went
   * @param extractSeconds of cached features; the median
   * @param trainSeconds of the train phase alone; the median
   * @param stepSeconds a steady training step; the median of the cells' medians
   * @param inputShare of the steps' time that went into waiting for input; the median
   * @param endToEndSeconds from the child's start to its end; the median
   * @param time where the time went
   * @param inference what the trained network takes
   * @param energy energy, and what was taken of a GPU
   * @param count cells that succeeded
   * @param of cells there are
   * @param tainted cells whose times are suspect
   * @param records names of the files that the numbers came from
   */
  record Row(
      String method,
      Features features,
      Optional<Long> trainableParameters,
      Optional<Long> adapterBytes,
      Optional<Long> transferBytesPerImage,
      Optional<Long> floorBytes,
      Optional<Long> trainPeakBytes,
      Optional<Ledger> ledger,
      Optional<Double> extractSeconds,
      Optional<Double> trainSeconds,
      Optional<Double> stepSeconds,
      Optional<Double> inputShare,
      Optional<Double> endToEndSeconds,
      TimeCost time,
      InferenceCost inference,
      EnergyCost energy,
      int count,
      int of,
      int tainted,
      List<String> records) {

    /** Memory of training where the training is: on the GPU, or in the process. */
    Optional<Long> memoryBytes() {
      return energy.gpuPeakBytes().or(() -> trainPeakBytes);
    }
  }

  /** One table a machine. */
  static List<CostTable> of(List<CellRecord> records) {
    // Labels are those of the whole setting, so that a row is called the same in every table.
    List<MethodRow> methods = MethodRow.of(records);
    return records.stream()
        .collect(groupingBy(record -> Machine.of(record), TreeMap::new, toList()))
        .keySet()
        .stream()
        .map(machine -> of(machine, methods))
        .toList();
  }

  private static CostTable of(Machine machine, List<MethodRow> methods) {
    return new CostTable(
        machine, methods.stream().flatMap(method -> row(method, machine).stream()).toList());
  }

  private static Optional<Row> row(MethodRow method, Machine machine) {
    List<CellRecord> all =
        method.records().stream().filter(record -> Machine.of(record).equals(machine)).toList();
    if (all.isEmpty()) {
      return Optional.empty();
    }
    List<CellRecord> done = all.stream().filter(record -> record.outcome().isPresent()).toList();
    return Optional.of(
        new Row(
            method.label(),
            method.features(),
            largest(done, outcome(Outcome::trainableParameters)),
            largest(done, outcome(Outcome::adapterBytes)),
            largest(done, outcome(Outcome::transferBytesPerImage)).filter(bytes -> bytes > 0),
            largest(done, record -> record.phase("engine").flatMap(PhaseCost::peakResidentBytes)),
            largest(done, record -> record.phase("train").flatMap(PhaseCost::peakResidentBytes)),
            Ledger.of(done),
            median(done, record -> record.phase("extract").map(PhaseCost::seconds)),
            median(done, record -> record.phase("train").map(PhaseCost::seconds)),
            median(done, record -> record.steps().map(StepTimes::p50Seconds)),
            median(done, record -> record.steps().map(StepTimes::inputShare)),
            median(done, record -> Optional.of(record.endToEndSeconds())),
            TimeCost.of(done),
            InferenceCost.of(done),
            EnergyCost.of(done),
            done.size(),
            all.size(),
            (int) done.stream().filter(record -> !record.taints().isEmpty()).count(),
            done.stream().map(record -> RecordFolder.fileName(record.cell())).sorted().toList()));
  }

  private static Function<CellRecord, Optional<Long>> outcome(Function<Outcome, Long> value) {
    return record -> record.outcome().map(value);
  }
}
