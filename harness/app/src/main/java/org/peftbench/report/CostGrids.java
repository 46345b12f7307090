package org.peftbench.report;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The tables of what methods cost on one machine, as people see them: one a group of metrics. */
final class CostGrids {

  /** What NVML's number is; it stands under every table that shows it. */
  static final String GPU_MEMORY =
      "memory is what the driver says (NVML) that the process holds of the GPU: CUDA's context and"
          + " kernels, and all that PyTorch's allocator reserved, which is more than its tensors";

  private static final String HOST_MEMORY = "host memory: the process's resident set in training";
  private static final String STORAGE =
      "from storage: what was not in the system's page cache; waited: for blocks that were still"
          + " being read";
  private static final String TAINTED =
      "tainted: others used the machine while the cell ran, or it was slowed, so that its costs are"
          + " suspect; bench report --cells says who and how much";
  static final String SHARED =
      "shared a pass: cells whose costs are those of several; they stand in a table of their own and"
          + " in no number of costs here";
  private static final String CLOUD =
      "features of a cloud: end to end has the time of the link, whatever it was; a table of its own"
          + " tells what went over which";
  private static final Set<MetricGroup> NOT_HERE =
      EnumSet.of(MetricGroup.SHARED, MetricGroup.EDGE, MetricGroup.FILES);
  private static final Set<MetricGroup> SHOW_MEMORY =
      EnumSet.of(MetricGroup.COST, MetricGroup.MEMORY, MetricGroup.ENERGY);
  private static final String FLOPS =
      "GFLOPs: matrix products, attention and convolutions by PyTorch's own log of operators, two"
          + " for each multiplication that is added up; beside: those of the side network and its"
          + " head";

  private record Column(String header, Function<CostTable.Row, Optional<String>> text) {

    Grid.Cell cell(CostTable.Row row) {
      return Grid.Cell.of(text.apply(row).orElse("n/a"));
    }
  }

  private CostGrids() {}

  /** Makes the tables, all with one caption and the suffix in their names. */
  static List<Grid> of(CostTable costs, String caption, String suffix) {
    List<Grid> grids = new ArrayList<>();
    for (MetricGroup group : MetricGroup.values()) {
      grid(costs, group, caption, suffix).ifPresent(grids::add);
      if (group == MetricGroup.COST) {
        RelativeGrid.of(costs, caption, "relative" + suffix).ifPresent(grids::add);
      }
    }
    return grids;
  }

  private static Optional<Grid> grid(
      CostTable costs, MetricGroup group, String caption, String suffix) {
    List<CostTable.Row> rows = rows(costs, group);
    if (NOT_HERE.contains(group) || rows.isEmpty()) {
      return Optional.empty();
    }
    List<Column> columns = columns(costs, group);
    return Optional.of(
        new Grid(
            group.toString() + suffix,
            group.title(),
            caption,
            columns.stream().map(Column::header).toList(),
            List.of(),
            rows.stream()
                .map(row -> columns.stream().map(column -> column.cell(row)).toList())
                .toList(),
            List.of(),
            notes(costs, group)));
  }

  /** Of memory, only the methods that have parts to show; of all else, those that have costs. */
  private static List<CostTable.Row> rows(CostTable costs, MetricGroup group) {
    List<Metric> metrics = costs.metrics(group);
    return switch (group) {
      case COST -> costs.rows();
      case MEMORY, STREAM -> costs.rows().stream().filter(row -> row.hasAny(metrics)).toList();
      default -> costs.rows().stream().filter(CostTable.Row::ranAlone).toList();
    };
  }

  private static List<Column> columns(CostTable costs, MetricGroup group) {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column("method", row -> Optional.of(row.method())));
    columns.add(new Column("features", row -> Optional.of(row.features().toString())));
    for (Metric metric : costs.metrics(group)) {
      columns.add(new Column(metric.header(), row -> row.value(metric).map(metric.unit()::words)));
    }
    if (group == MetricGroup.COST) {
      columns.add(new Column("cells", row -> Optional.of(cells(row))));
    } else if (group == MetricGroup.ENERGY) {
      columns.add(new Column("told by", CostTable.Row::attribution));
    }
    return columns;
  }

  private static String cells(CostTable.Row row) {
    return row.count()
        + "/"
        + row.of()
        + (row.shared() > 0 ? ", " + row.shared() + " shared a pass" : "")
        + (row.tainted() > 0 ? ", " + row.tainted() + " tainted" : "");
  }

  private static List<String> notes(CostTable costs, MetricGroup group) {
    List<String> notes = new ArrayList<>();
    if (costs.onGpu() && SHOW_MEMORY.contains(group)) {
      notes.add(GPU_MEMORY);
    }
    switch (group) {
      case COST -> {
        if (costs.onGpu()) {
          notes.add(HOST_MEMORY);
        }
        if (costs.rows().stream().anyMatch(row -> row.tainted() > 0)) {
          notes.add(TAINTED);
        }
        if (costs.rows().stream().anyMatch(row -> row.shared() > 0)) {
          notes.add(SHARED);
        }
        if (costs.rows().stream().anyMatch(row -> row.features().isCloud())) {
          notes.add(CLOUD);
        }
      }
      case INFERENCE -> notes.add(FLOPS);
      case STREAM -> notes.add(STORAGE);
      case ENERGY -> notes.addAll(reasons(costs));
      case MEMORY, TIME, SHARED, EDGE, FILES -> {}
    }
    return notes;
  }

  /** Why energy is not available, where that is so. */
  private static List<String> reasons(CostTable costs) {
    List<String> reasons = new ArrayList<>();
    if (!costs.onGpu()) {
      reasons.add("GPU columns are n/a: the cells ran on the CPU");
    } else if (costs.rows().stream().allMatch(row -> row.attribution().isEmpty())) {
      reasons.add("GPU columns are n/a: no driver's library told; see the taints of the cells");
    }
    if (costs.rows().stream().allMatch(row -> row.value(Metrics.CPU_JOULES).isEmpty())) {
      reasons.add("CPU energy is n/a: this system shows no energy counters (RAPL) to this user");
    }
    return reasons;
  }
}
