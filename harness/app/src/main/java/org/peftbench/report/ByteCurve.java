package org.peftbench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.peftbench.wire.FeatureType;

/**
 * Accuracy against the bytes of an image's features, of edge cells: a line a method, through the
 * types that its features travelled as.
 *
 * @param name of its files
 * @param accuracy what the accuracy is a mean of
 * @param lines in the order of the table
 * @param marks what an image weighs if something else travels; nothing of lower precision
 */
record ByteCurve(String name, String accuracy, List<Line> lines, List<Baseline> marks) {

  private static final Set<String> LOWER =
      Set.of(FeatureType.FLOAT16.toString(), FeatureType.INT8.toString());

  /** A row of the table. */
  record Point(FeatureType type, double bytes, double accuracy) {}

  /**
   * A method over one link.
   *
   * @param method such as {@code miet[pool=2]}, with the link where only that tells lines apart
   * @param points the lightest first
   */
  record Line(String method, List<Point> points) {

    Line {
      points = points.stream().sorted(Comparator.comparingDouble(Point::bytes)).toList();
    }
  }

  /** One figure for each setting and machine that has edge cells with numbers. */
  static List<ByteCurve> of(List<Section> sections) {
    List<ByteCurve> all = new ArrayList<>();
    for (int i = 0; i < sections.size(); i++) {
      List<EdgeTable> tables = sections.get(i).edges();
      for (int j = 0; j < tables.size(); j++) {
        EdgeTable table = tables.get(j);
        String name = "accuracy-bytes-" + (i + 1) + "-" + (j + 1);
        List<Line> lines = lines(table);
        if (!lines.isEmpty()) {
          all.add(new ByteCurve(name, table.mean(), lines, marks(table)));
        }
      }
    }
    return List.copyOf(all);
  }

  private static List<Baseline> marks(EdgeTable table) {
    return table.baselines().stream().filter(one -> !LOWER.contains(one.type())).toList();
  }

  private static List<Line> lines(EdgeTable table) {
    Map<String, List<Point>> lines = new LinkedHashMap<>();
    for (EdgeTable.Row row : table.rows()) {
      point(row)
          .ifPresent(
              point -> lines.computeIfAbsent(label(row, table), x -> new ArrayList<>()).add(point));
    }
    return lines.entrySet().stream().map(line -> new Line(line.getKey(), line.getValue())).toList();
  }

  private static Optional<Point> point(EdgeTable.Row row) {
    if (!row.accuracy().whole() || row.count() + row.shared() != row.of()) {
      return Optional.empty();
    }
    FeatureType type = FeatureType.of(row.features()).orElseThrow();
    return row.accuracy()
        .mean()
        .flatMap(
            accuracy ->
                row.value(Metrics.EDGE_TENSORS)
                    .map(bytes -> new Point(type, bytes.doubleValue(), accuracy)));
  }

  private static String label(EdgeTable.Row row, EdgeTable table) {
    boolean otherLinks =
        table.rows().stream()
            .anyMatch(
                other -> !other.link().equals(row.link()) && method(other).equals(method(row)));
    return method(row) + (otherLinks ? ", " + row.link() : "");
  }

  private static String method(EdgeTable.Row row) {
    return row.method().replace(" (" + row.features() + ")", "");
  }
}
