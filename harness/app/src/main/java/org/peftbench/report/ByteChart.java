package org.peftbench.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.XYStyler;

/** Accuracy against bytes: points over a logarithmic axis, and lines for what else may travel. */
final class ByteChart {

  private static final Color MARK = new Color(0x6A6A6A);
  private static final BasicStroke DOTTED =
      new BasicStroke(
          1f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, new float[] {2f, 3f}, 0f);

  /** Room on both sides, as a factor of bytes: the names of the outermost lines need it. */
  private static final double MARGIN = 3;

  /** Height of a line's name, in shares of the points' range. */
  private static final double NAME_HEIGHT = 0.09;

  /**
   * Widths, about, in pixels: of a letter, from a point to its name, and of what has the points.
   */
  private static final double LETTER = 6.5;

  private static final double GAP = 9;
  private static final double PLOT = 0.88 * Chart.WIDTH;

  private final ByteCurve curve;
  private final XYChart chart;
  private final double least;
  private final double most;

  private ByteChart(ByteCurve curve) {
    this.curve = curve;
    this.chart = Chart.points(curve.tradeoff());
    double[] bytes =
        DoubleStream.concat(
                curve.tradeoff().points().stream().mapToDouble(Tradeoff.Point::cost),
                curve.marks().stream().mapToDouble(Baseline::bytesPerImage))
            .sorted()
            .toArray();
    this.least = bytes[0] / MARGIN;
    this.most = bytes[bytes.length - 1] * MARGIN;
  }

  static XYChart draw(ByteCurve curve) {
    ByteChart drawing = new ByteChart(curve);
    drawing.axes();
    drawing.names();
    drawing.marks();
    return drawing.chart;
  }

  private void axes() {
    XYStyler styler = chart.getStyler();
    styler.setXAxisLogarithmic(true).setXAxisMin(least).setXAxisMax(most);
    styler.setXAxisDecimalPattern("#,###").setPlotGridVerticalLinesVisible(false);
    styler.setAnnotationLineColor(MARK).setAnnotationLineStroke(DOTTED);
  }

  /** Beside the points: above them they would lie over others, for more bytes bring accuracy. */
  private void names() {
    double range = Math.log(most / least);
    for (Tradeoff.Point point : curve.tradeoff().points()) {
      String name = Chart.name(point);
      double away = range * (name.length() * LETTER / 2 + GAP) / PLOT;
      boolean left = Math.log(point.cost() / least) > 2 * away + range / 20;
      double at = point.cost() * Math.exp(left ? -away : away);
      chart.addAnnotation(new AnnotationText(name, at, point.accuracy(), false));
    }
  }

  /** Their names stand below the points, each at a height of its own: some are close together. */
  private void marks() {
    XYStyler styler = chart.getStyler();
    double height = NAME_HEIGHT * (styler.getYAxisMax() - styler.getYAxisMin());
    double bottom = styler.getYAxisMin() - height * curve.marks().size();
    styler.setYAxisMin(bottom);
    List<Baseline> marks =
        curve.marks().stream().sorted(Comparator.comparing(Baseline::bytesPerImage)).toList();
    for (int i = 0; i < marks.size(); i++) {
      double bytes = marks.get(i).bytesPerImage();
      String name = marks.get(i).what() + ", " + marks.get(i).type();
      chart.addAnnotation(new AnnotationLine(bytes, true, false));
      chart.addAnnotation(new AnnotationText(name, bytes, bottom + height * (i + 0.5), false));
    }
  }
}
