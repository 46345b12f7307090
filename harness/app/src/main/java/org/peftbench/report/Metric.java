package org.peftbench.report;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Optional;
import org.peftbench.result.CellRecord;

/**
 * A number that a cell is known by; all that prints numbers of cells selects from a list of these.
 *
 * @param name what files call it, with the unit of the records: {@code train_peak_bytes}
 * @param label what tables call it, without a unit: {@code train peak memory}
 * @param unit the unit in tables
 * @param summary how the numbers of a method's cells become one
 * @param group the table that it is a column of
 * @param reading how it is read off a record
 */
record Metric(
    @JsonValue String name,
    String label,
    Unit unit,
    Summary summary,
    MetricGroup group,
    Reading reading) {

  /** What stands above its column: {@code train peak memory (MiB)}. */
  String header() {
    return unit.symbol().isEmpty() ? label : label + " (" + unit.symbol() + ")";
  }

  Optional<Number> of(CellRecord cell) {
    return reading.of(cell).map(Number.class::cast);
  }

  Optional<Number> of(List<CellRecord> cells) {
    return summary.of(cells, reading);
  }
}
