package org.peftbench.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;

/**
 * Accuracy against bytes: a trade-off over a logarithmic axis, with marks of what else may travel.
 */
final class ByteChart {

  private static final Color MARK = new Color(0xB0B0B0);
  private static final BasicStroke DOTTED =
      new BasicStroke(
          1f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, new float[] {2f, 3f}, 0f);

  /** Room on both sides, as a factor of bytes: the names of the outermost marks need it. */
  private static final double MARGIN = 2.5;

  /** Height of a name of a mark, in shares of the points' range. */
  private static final double LINE = 0.09;

  private ByteChart() {}

  static XYChart draw(ByteCurve curve) {
    XYChart chart = Chart.draw(curve.tradeoff());
    double low = chart.getStyler().getYAxisMin();
    double line = LINE * (chart.getStyler().getYAxisMax() - low);
    double bottom = low - line * curve.marks().size();
    double[] bytes =
        DoubleStream.concat(
                curve.tradeoff().points().stream().mapToDouble(Tradeoff.Point::cost),
                curve.marks().stream().mapToDouble(Baseline::bytesPerImage))
            .sorted()
            .toArray();
    chart
        .getStyler()
        .setXAxisLogarithmic(true)
        .setXAxisMin(bytes[0] / MARGIN)
        .setXAxisMax(bytes[bytes.length - 1] * MARGIN)
        .setYAxisMin(bottom);
    chart.getStyler().setAnnotationLineColor(MARK).setAnnotationLineStroke(DOTTED);
    // Names stand on lines of their own, for some marks are close to each other.
    List<Baseline> marks =
        curve.marks().stream().sorted(Comparator.comparing(Baseline::bytesPerImage)).toList();
    for (int i = 0; i < marks.size(); i++) {
      double at = marks.get(i).bytesPerImage();
      chart.addAnnotation(new AnnotationLine(at, true, false));
      chart.addAnnotation(
          new AnnotationText(name(marks.get(i)), at, bottom + line * (i + 0.5), false));
    }
    return chart;
  }

  private static String name(Baseline mark) {
    return mark.what() + ", " + mark.type();
  }
}
