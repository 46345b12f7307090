package org.peftbench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.peftbench.wire.FeatureType;

/**
 * Accuracy against the bytes of an image's features, of edge cells: a point a row.
 *
 * @param tradeoff the points
 * @param marks what an image weighs if something else travels; nothing of lower precision
 */
record ByteCurve(Tradeoff tradeoff, List<Baseline> marks) {

  private static final String COST = "bytes of an image's features (logarithmic)";
  private static final Set<String> LOWER =
      Set.of(FeatureType.FLOAT16.toString(), FeatureType.INT8.toString());

  /** One figure for each setting and machine that has edge cells with numbers. */
  static List<ByteCurve> of(List<Section> sections) {
    List<ByteCurve> all = new ArrayList<>();
    for (int i = 0; i < sections.size(); i++) {
      List<EdgeTable> tables = sections.get(i).edges();
      for (int j = 0; j < tables.size(); j++) {
        EdgeTable table = tables.get(j);
        String name = "accuracy-bytes-" + (i + 1) + "-" + (j + 1);
        Tradeoff tradeoff = new Tradeoff(name, COST, table.mean(), points(table));
        if (!tradeoff.points().isEmpty()) {
          all.add(new ByteCurve(tradeoff, marks(table)));
        }
      }
    }
    return List.copyOf(all);
  }

  private static List<Baseline> marks(EdgeTable table) {
    return table.baselines().stream().filter(one -> !LOWER.contains(one.type())).toList();
  }

  private static List<Tradeoff.Point> points(EdgeTable table) {
    List<Tradeoff.Point> points = new ArrayList<>();
    for (EdgeTable.Row row : table.rows()) {
      if (row.accuracy().whole() && row.count() + row.shared() == row.of()) {
        row.accuracy()
            .mean()
            .ifPresent(
                accuracy ->
                    row.value(Metrics.EDGE_TENSORS)
                        .ifPresent(
                            bytes ->
                                points.add(
                                    new Tradeoff.Point(
                                        label(row, table), bytes.doubleValue(), accuracy))));
      }
    }
    return points;
  }

  /** Such as {@code miet[pool=2] int8}, and the link where only that tells rows apart. */
  private static String label(EdgeTable.Row row, EdgeTable table) {
    boolean otherLinks =
        table.rows().stream()
            .anyMatch(
                other ->
                    !other.link().equals(row.link())
                        && other.method().equals(row.method())
                        && other.features() == row.features());
    return row.method().replace(" (" + row.features() + ")", "")
        + " "
        + FeatureType.of(row.features()).orElseThrow()
        + (otherLinks ? ", " + row.link() : "");
  }
}
