package org.peftbench.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws a trade-off for a paper: points with their names, and the Pareto front. */
final class Chart {

  // The width of a column of two, at 300 dots an inch in PNG.
  static final int WIDTH = 560;
  private static final int HEIGHT = 380;
  private static final int DOTS_AN_INCH = 300;

  private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
  private static final Color ON_FRONT = new Color(0x1B6CA8);
  private static final Color BEATEN = new Color(0x8A8A8A);

  private static final String UNTUNED = "*";
  private static final String LEGEND = "; " + UNTUNED + " learning rate untuned";

  /** Room on each side of the points, in shares of their range. */
  private static final double MARGIN = 0.12;

  private Chart() {}

  /** Writes {@code NAME.svg} and {@code NAME.png}. */
  static void write(Tradeoff tradeoff, Path folder) throws IOException {
    write(draw(tradeoff), folder.resolve(tradeoff.name()).toString());
  }

  /** The same of accuracy against bytes. */
  static void write(ByteCurve curve, Path folder) throws IOException {
    write(ByteChart.draw(curve), folder.resolve(curve.name()).toString());
  }

  private static void write(XYChart chart, String file) throws IOException {
    VectorGraphicsEncoder.saveVectorGraphic(chart, file, VectorGraphicsFormat.SVG);
    BitmapEncoder.saveBitmapWithDPI(chart, file, BitmapFormat.PNG, DOTS_AN_INCH);
  }

  static XYChart draw(Tradeoff tradeoff) {
    boolean untuned = tradeoff.points().stream().anyMatch(point -> isUntuned(point.method()));
    XYChart chart = blank(tradeoff.cost(), tradeoff.accuracy(), untuned, 0);
    List<Tradeoff.Point> front = tradeoff.front();
    line(chart, front);
    Range across = Range.of(tradeoff.points().stream().mapToDouble(Tradeoff.Point::cost).toArray());
    chart.getStyler().setXAxisMin(across.low).setXAxisMax(across.high);
    fitAccuracies(
        chart, tradeoff.points().stream().mapToDouble(Tradeoff.Point::accuracy).toArray());
    double above = 0.05 * (chart.getStyler().getYAxisMax() - chart.getStyler().getYAxisMin());
    for (Tradeoff.Point point : tradeoff.points()) {
      XYSeries series =
          chart.addSeries(
              point.method(), new double[] {point.cost()}, new double[] {point.accuracy()});
      series.setMarker(SeriesMarkers.CIRCLE);
      series.setMarkerColor(front.contains(point) ? ON_FRONT : BEATEN);
      chart.addAnnotation(
          new AnnotationText(name(point.method()), point.cost(), point.accuracy() + above, false));
    }
    return chart;
  }

  /**
   * A chart without points.
   *
   * @param besides room beside them, in pixels
   */
  static XYChart blank(String cost, String accuracy, boolean untuned, int besides) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH + besides)
            .height(HEIGHT)
            .xAxisTitle(cost + (untuned ? LEGEND : ""))
            .yAxisTitle("top-1 accuracy (%), " + accuracy)
            .build();
    chart
        .getStyler()
        .setLegendVisible(false)
        .setChartTitleVisible(false)
        .setChartBackgroundColor(Color.WHITE)
        .setPlotBorderVisible(false)
        .setAnnotationTextFont(FONT)
        .setLegendFont(FONT)
        .setMarkerSize(8);
    chart.getStyler().setAxisTitleFont(FONT).setAxisTickLabelsFont(FONT);
    return chart;
  }

  /** Has the axis of accuracies reach a little farther than they do. */
  static void fitAccuracies(XYChart chart, double[] accuracies) {
    Range up = Range.of(accuracies);
    chart.getStyler().setYAxisMin(up.low).setYAxisMax(up.high);
  }

  static boolean isUntuned(String method) {
    return method.contains(MethodRow.UNTUNED);
  }

  /** Short, as names stand close to each other. */
  static String name(String method) {
    return method.replace(MethodRow.UNTUNED, UNTUNED);
  }

  private static void line(XYChart chart, List<Tradeoff.Point> front) {
    XYSeries line =
        chart.addSeries(
            "Pareto front",
            front.stream().mapToDouble(Tradeoff.Point::cost).toArray(),
            front.stream().mapToDouble(Tradeoff.Point::accuracy).toArray());
    line.setMarker(SeriesMarkers.NONE);
    line.setLineColor(ON_FRONT);
    line.setLineStyle(
        new BasicStroke(
            1f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, new float[] {5f, 4f}, 0f));
  }

  /** An axis from and to. */
  private record Range(double low, double high) {

    static Range of(double[] values) {
      double least = Double.POSITIVE_INFINITY;
      double most = Double.NEGATIVE_INFINITY;
      for (double value : values) {
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
      double margin = most > least ? MARGIN * (most - least) : Math.max(1, 0.1 * Math.abs(most));
      return new Range(least - margin, most + margin);
    }
  }
}
