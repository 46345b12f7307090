package org.peftbench.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.peftbench.Printable;
import org.peftbench.cell.BackboneChoice;
import org.peftbench.cell.Cell;
import org.peftbench.cell.Protocol;
import org.peftbench.plan.Plan;
import org.peftbench.plan.PlannedCell;
import org.peftbench.plan.Sharing;
import org.peftbench.report.Text;
import org.peftbench.run.Lane;

/** Says what a run will do before it does it. */
final class PlanPrinter {

  /** More than all methods, so that only the trials of a study are cut short. */
  private static final int MOST = 40;

  private PlanPrinter() {}

  static void print(Plan plan, List<Lane> lanes, Sharing sharing, Path out, PrintWriter to) {
    List<Cell> cells = plan.cells().stream().map(PlannedCell::cell).toList();
    Cell first = cells.get(0);
    Protocol protocol = first.protocol();
    BackboneChoice backbone = first.backbone();
    line(to, "cells     %d, records in %s".formatted(cells.size(), out));
    line(to, "methods   %s".formatted(distinct(cells, PlanPrinter::method)));
    line(to, "tasks     %s".formatted(distinct(cells, Cell::task)));
    line(to, "seeds     %s".formatted(distinct(cells, cell -> Long.toString(cell.seed()))));
    line(
        to,
        "backbone  %s, weights %s, %d pixels, %s pooling"
            .formatted(
                backbone.name(), backbone.weights(), backbone.imageSize(), backbone.pooling()));
    line(
        to,
        "images    %s resize, %s normalisation"
            .formatted(protocol.interpolation(), protocol.normalize()));
    line(
        to,
        "training  %d epochs (%d warm-up), batches of %d, AdamW %s, weight decay %s"
            .formatted(
                protocol.epochs(),
                protocol.warmupEpochs(),
                protocol.batchSize(),
                protocol.ownLr() ? ownLrs(cells) : "lr " + Text.exact(protocol.lr()),
                distinct(cells, cell -> Text.exact(cell.protocol().weightDecay()))));
    line(
        to,
        "judged on %s%s"
            .formatted(
                protocol.evaluate(),
                protocol.limitTest().map(n -> ", first " + n + " images only").orElse("")));
    line(
        to,
        "device    %s, precision %s"
            .formatted(
                lanes.stream().map(Lane::toString).collect(Collectors.joining(", ")),
                protocol.precision()));
    cloud(plan).ifPresent(words -> line(to, "cloud     %s".formatted(words)));
    passes(plan, sharing).ifPresent(words -> line(to, "passes    %s".formatted(words)));
    lanes.stream()
        .flatMap(lane -> lane.taints().stream())
        .distinct()
        .forEach(taint -> line(to, "note      %s".formatted(taint)));
    plan.notes().forEach(note -> line(to, "note      %s".formatted(note)));
    to.flush();
  }

  private static void line(PrintWriter to, String words) {
    to.println(Printable.line(words));
  }

  /** What a cloud sends, each set of features once; what is there already does not come again. */
  private static Optional<String> cloud(Plan plan) {
    Map<List<Object>, Long> bytes = new HashMap<>();
    plan.cells()
        .forEach(
            planned ->
                planned
                    .remote()
                    .ifPresent(
                        remote ->
                            bytes.put(
                                List.of(planned.cell().task(), planned.taps()), remote.bytes())));
    return plan.cells().stream()
        .flatMap(planned -> planned.remote().stream())
        .findFirst()
        .map(
            remote ->
                "%s, %s; %.1f MB of features come from it (%s), but for those that are here"
                    .formatted(
                        remote.access().reach().url(),
                        remote.access().reach().transport(),
                        bytes.values().stream().mapToLong(Long::longValue).sum() / 1e6,
                        remote.access().type()));
  }

  /** How many processes the cells make, where some share one. */
  private static Optional<String> passes(Plan plan, Sharing sharing) {
    List<Integer> places = IntStream.range(0, plan.cells().size()).boxed().toList();
    List<List<Integer>> passes = sharing.passes(places, plan.cells());
    int most = passes.stream().mapToInt(List::size).max().orElse(1);
    return most == 1
        ? Optional.empty()
        : Optional.of(
            "%d, of up to %d learners on one run of the backbone".formatted(passes.size(), most));
  }

  private static String ownLrs(List<Cell> cells) {
    return "lr "
        + distinct(cells, cell -> cell.method().id() + " " + Text.exact(cell.protocol().lr()));
  }

  private static String method(Cell cell) {
    return cell.method().label() + " (" + cell.protocol().features() + ")";
  }

  private static String distinct(List<Cell> cells, Function<Cell, String> property) {
    List<String> all = cells.stream().map(property).distinct().toList();
    return all.size() <= MOST
        ? String.join(", ", all)
        : String.join(", ", all.subList(0, MOST)) + ", ... (" + all.size() + ")";
  }
}
