package org.peftbench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The tables of edge cells as people see them: what they took, and what an image weighs else. */
final class EdgeGrid {

  private static final String BASELINES = "What an image weighs if something else travels";
  private static final List<String> FIRST = List.of("method", "features", "link");

  private static final String BYTES =
      "up, down: bodies of requests and answers for each image whose features arrived, those included that"
          + " were not sent, since the cloud had them; tensors: values and scales alone; again: what came or"
          + " went twice, of the cell with most";
  private static final String WIRE =
      "headers of HTTP, TLS and TCP are in what the wire carried, and in no other number";
  private static final String NO_WIRE =
      "headers of HTTP, TLS and TCP are in no number: no cell had a network of its own, where the"
          + " wire could be read";
  private static final String SECONDS =
      "waiting: from the first request until all features were there, the cloud's computing included;"
          + " computing: training and judging on the edge; latency: one image, there, backbone, back"
          + " and side network";
  private static final String REUSED =
      "reused: an earlier cell had received the features; traffic and waiting are that cell's, and"
          + " were not paid again";

  private EdgeGrid() {}

  static List<Grid> of(EdgeTable table, String caption, String suffix) {
    List<Metric> metrics =
        Metrics.EDGE.stream()
            .filter(metric -> metric.group() != MetricGroup.FILES)
            .filter(metric -> table.rows().stream().anyMatch(row -> row.value(metric).isPresent()))
            .toList();
    return List.of(
        new Grid(
            MetricGroup.EDGE + suffix,
            MetricGroup.EDGE.title(),
            caption,
            Stream.of(
                    FIRST.stream(),
                    Stream.of(Text.oneLine("accuracy (%), " + table.mean())),
                    metrics.stream().map(Metric::header),
                    Stream.of("cells"))
                .flatMap(part -> part)
                .toList(),
            List.of(),
            table.rows().stream().map(row -> row(row, metrics)).toList(),
            List.of(),
            notes(table, metrics)),
        new Grid(
            MetricGroup.EDGE + "-baselines" + suffix,
            BASELINES,
            caption,
            List.of("what", "type", "bytes/image"),
            List.of(),
            table.baselines().stream().map(EdgeGrid::row).toList(),
            List.of(),
            List.of()));
  }

  private static List<Grid.Cell> row(EdgeTable.Row row, List<Metric> metrics) {
    List<String> cells = new ArrayList<>();
    cells.addAll(List.of(row.method(), row.features().toString(), row.link()));
    cells.add(AccuracyGrid.text(row.accuracy(), false));
    metrics.forEach(metric -> cells.add(row.value(metric).map(metric.unit()::words).orElse("n/a")));
    cells.add(cells(row));
    return cells.stream().map(Grid.Cell::of).toList();
  }

  private static String cells(EdgeTable.Row row) {
    return row.count()
        + "/"
        + row.of()
        + (row.reused() > 0 ? ", " + row.reused() + " reused" : "")
        + (row.shared() > 0 ? ", " + row.shared() + " shared a pass" : "")
        + (row.tainted() > 0 ? ", " + row.tainted() + " tainted" : "");
  }

  private static List<Grid.Cell> row(Baseline baseline) {
    return Stream.of(baseline.what(), baseline.type(), Text.fixed(baseline.bytesPerImage(), 0))
        .map(Grid.Cell::of)
        .toList();
  }

  private static List<String> notes(EdgeTable table, List<Metric> metrics) {
    List<String> notes = new ArrayList<>();
    heavier(table, Metrics.EDGE_FILE, "the image's file").ifPresent(notes::add);
    heavier(table, Metrics.EDGE_RAW, "the image's raw pixels").ifPresent(notes::add);
    notes.add(BYTES);
    notes.add(metrics.contains(Metrics.EDGE_WIRE_DOWN) ? WIRE : NO_WIRE);
    notes.add(SECONDS);
    if (table.rows().stream().anyMatch(row -> row.reused() > 0)) {
      notes.add(REUSED);
    }
    if (table.rows().stream().anyMatch(row -> row.shared() > 0)) {
      notes.add(CostGrids.SHARED);
    }
    return notes;
  }

  /** Where the image itself would have been less to carry. */
  private static Optional<String> heavier(EdgeTable table, Metric image, String words) {
    List<String> rows =
        table.rows().stream()
            .filter(row -> row.outweighs(image))
            .map(EdgeTable.Row::method)
            .distinct()
            .toList();
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Text.note("features weigh more than " + words + ": " + String.join(", ", rows)));
  }
}
