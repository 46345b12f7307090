package org.peftbench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Words the tables of costs: the headline, and then where time and energy went. */
final class CostGrid {

  private static final double MEBI = 1.0 / (1 << 20);
  private static final double KIBI = 1.0 / (1 << 10);
  private static final double MILLI = 1e3;
  private static final double PERCENT = 100;
  private static final double GIGA = 1e-9;

  private static final List<CostColumn> METHOD =
      List.of(
          new CostColumn("method", row -> Optional.of(row.method())),
          new CostColumn("features", row -> Optional.of(row.features().toString())));

  private static final List<CostColumn> HEADLINE =
      List.of(
          CostColumn.of("trainable parameters (M)", 1e-6, 3, CostTable.Row::trainableParameters),
          CostColumn.of("adapter (KiB)", KIBI, 0, CostTable.Row::adapterBytes),
          CostColumn.of("transfer (bytes/image)", 1, 0, CostTable.Row::transferBytesPerImage),
          CostColumn.of("floor (MiB)", MEBI, 0, CostTable.Row::floorBytes),
          CostColumn.of("train peak memory (MiB)", MEBI, 0, CostTable.Row::trainPeakBytes),
          CostColumn.of("extract (s)", 1, 1, CostTable.Row::extractSeconds),
          CostColumn.of("train (s)", 1, 1, CostTable.Row::trainSeconds),
          CostColumn.of("step (ms)", MILLI, 1, CostTable.Row::stepSeconds),
          CostColumn.of("input wait (%)", PERCENT, 1, CostTable.Row::inputShare),
          CostColumn.of("end to end (s)", 1, 1, CostTable.Row::endToEndSeconds),
          new CostColumn("cells", row -> Optional.of(cells(row))));

  private static final List<CostColumn> TIME =
      List.of(
          time("start (s)", 1, 2, TimeCost::startSeconds),
          time("load (s)", 1, 2, TimeCost::loadSeconds),
          time("data (s)", 1, 2, TimeCost::dataSeconds),
          time("first step (ms)", MILLI, 1, TimeCost::firstStepSeconds),
          time("warm-up (steps)", 1, 0, TimeCost::warmupSteps),
          time("step p50 (ms)", MILLI, 1, TimeCost::stepSeconds),
          time("p90 (ms)", MILLI, 1, TimeCost::slowStepSeconds),
          time("p99 (ms)", MILLI, 1, TimeCost::slowestStepSeconds),
          time("train (images/s)", 1, 0, TimeCost::trainImagesPerSecond),
          time("judge (images/s)", 1, 0, TimeCost::judgedImagesPerSecond));

  private static final List<CostColumn> INFERENCE =
      List.of(
          inference("batch", 1, 0, InferenceCost::batch),
          inference("images/s", 1, 0, InferenceCost::imagesPerSecond),
          inference("plain images/s", 1, 0, InferenceCost::plainImagesPerSecond),
          inference("overhead (%)", PERCENT, 1, InferenceCost::overhead),
          inference("one image (ms)", MILLI, 2, InferenceCost::imageSeconds),
          inference("plain (ms)", MILLI, 2, InferenceCost::plainImageSeconds),
          inference("GFLOPs/image", GIGA, 3, InferenceCost::flops),
          inference("plain", GIGA, 3, InferenceCost::plainFlops),
          inference("beside", GIGA, 3, InferenceCost::sideFlops),
          inference("train step", GIGA, 3, InferenceCost::trainStepFlops));

  private static final List<CostColumn> ENERGY =
      List.of(
          energy("GPU floor (MiB)", MEBI, 0, EnergyCost::gpuFloorBytes),
          energy("GPU train peak (MiB)", MEBI, 0, EnergyCost::gpuPeakBytes),
          energy("of the device (MiB)", MEBI, 0, EnergyCost::devicePeakBytes),
          new CostColumn("told by", row -> row.energy().attribution()),
          energy("GPU energy (J)", 1, 0, EnergyCost::gpuJoules),
          energy("above idle (J)", 1, 0, EnergyCost::gpuJoulesAboveIdle),
          energy("SM clock (MHz)", 1, 0, EnergyCost::smMegahertz),
          energy("CPU energy (J)", 1, 0, EnergyCost::cpuJoules));

  private static final String TAINTED =
      "tainted: others used the machine while the cell ran, or it was slowed, so that its costs are"
          + " suspect; bench report --cells says who and how much";

  private CostGrid() {}

  /** What most readers look for. */
  static Grid headline(CostTable table, Section section, String suffix) {
    return grid(
        "cost" + suffix,
        "Cost over tasks and seeds: largest memory, median times, of the cells that succeeded",
        HEADLINE,
        table,
        section,
        table.rows().stream().anyMatch(row -> row.tainted() > 0) ? List.of(TAINTED) : List.of());
  }

  /** Where time and energy went, and what the trained network takes. */
  static List<Grid> details(CostTable table, Section section, String suffix) {
    return List.of(
        grid(
            "time" + suffix,
            "Where the time went: medians over tasks and seeds",
            TIME,
            table,
            section,
            List.of()),
        grid(
            "inference" + suffix,
            "Inference with the trained network beside the plain backbone, which took turns, and"
                + " floating-point operations for an image",
            INFERENCE,
            table,
            section,
            List.of(
                "GFLOPs: matrix products, attention and convolutions by PyTorch's own log of"
                    + " operators, two for each multiplication that is added up; beside: those of"
                    + " the side network and its head")),
        grid(
            "energy" + suffix,
            "GPU and energy of training: largest memory, median energy",
            ENERGY,
            table,
            section,
            reasons(table)));
  }

  private static Grid grid(
      String name,
      String title,
      List<CostColumn> columns,
      CostTable table,
      Section section,
      List<String> notes) {
    List<CostColumn> all = Stream.concat(METHOD.stream(), columns.stream()).toList();
    return CostColumn.grid(name, title, table, section, all, notes);
  }

  /** Why energy is not available, where that is so. */
  private static List<String> reasons(CostTable table) {
    List<String> reasons = new ArrayList<>();
    if (table.machine().accelerator().isEmpty()) {
      reasons.add("GPU columns are n/a: the cells ran on the CPU");
    } else if (table.rows().stream().allMatch(row -> row.energy().attribution().isEmpty())) {
      reasons.add("GPU columns are n/a: no driver's library told; see the taints of the cells");
    }
    if (table.rows().stream().allMatch(row -> row.energy().cpuJoules().isEmpty())) {
      reasons.add("CPU energy is n/a: this system shows no energy counters (RAPL) to this user");
    }
    return reasons;
  }

  private static String cells(CostTable.Row row) {
    return row.count()
        + "/"
        + row.of()
        + (row.tainted() > 0 ? ", " + row.tainted() + " tainted" : "");
  }

  private static CostColumn time(
      String header, double factor, int decimals, Function<TimeCost, Optional<Double>> value) {
    return CostColumn.of(header, factor, decimals, row -> value.apply(row.time()));
  }

  private static CostColumn inference(
      String header,
      double factor,
      int decimals,
      Function<InferenceCost, ? extends Optional<? extends Number>> value) {
    return CostColumn.of(header, factor, decimals, row -> value.apply(row.inference()));
  }

  private static CostColumn energy(
      String header,
      double factor,
      int decimals,
      Function<EnergyCost, ? extends Optional<? extends Number>> value) {
    return CostColumn.of(header, factor, decimals, row -> value.apply(row.energy()));
  }
}
