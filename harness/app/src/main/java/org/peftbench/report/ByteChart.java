package org.peftbench.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.peftbench.wire.FeatureType;

/**
 * Accuracy against bytes: lines over a logarithmic axis, a shape of points for each type, and what
 * else may travel.
 */
final class ByteChart {

  // Okabe and Ito's colours, which most colour-blind readers tell apart.
  private static final List<Color> COLOURS =
      List.of(
          new Color(0x0072B2),
          new Color(0xD55E00),
          new Color(0x009E73),
          new Color(0xCC79A7),
          new Color(0xE69F00),
          new Color(0x56B4E9),
          new Color(0x000000));
  private static final Color MARK = new Color(0x6A6A6A);
  private static final BasicStroke THIN = new BasicStroke(1f);
  private static final BasicStroke DOTTED =
      new BasicStroke(
          1f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, new float[] {2f, 3f}, 0f);

  private static final String COST = "bytes of an image's features (● float32, ■ float16, ▲ int8)";

  /** Room on both sides, as a factor of bytes: the names of the outermost marks need it. */
  private static final double MARGIN = 4;

  /** Height of a mark's name, in shares of the points' range. */
  private static final double NAME_HEIGHT = 0.09;

  private static final int LEGEND_WIDTH = 140;

  private final ByteCurve curve;
  private final XYChart chart;

  private ByteChart(ByteCurve curve) {
    this.curve = curve;
    boolean untuned = curve.lines().stream().anyMatch(line -> Chart.isUntuned(line.method()));
    this.chart = Chart.blank(COST, curve.accuracy(), untuned, LEGEND_WIDTH);
  }

  static XYChart draw(ByteCurve curve) {
    ByteChart drawing = new ByteChart(curve);
    drawing.axes();
    for (int i = 0; i < curve.lines().size(); i++) {
      BasicStroke stroke = i < COLOURS.size() ? THIN : DOTTED;
      drawing.line(curve.lines().get(i), COLOURS.get(i % COLOURS.size()), stroke);
    }
    drawing.marks();
    return drawing.chart;
  }

  private void axes() {
    double[] bytes =
        DoubleStream.concat(
                points().mapToDouble(ByteCurve.Point::bytes),
                curve.marks().stream().mapToDouble(Baseline::bytesPerImage))
            .sorted()
            .toArray();
    XYStyler styler = chart.getStyler();
    styler.setXAxisLogarithmic(true);
    styler.setXAxisMin(bytes[0] / MARGIN).setXAxisMax(bytes[bytes.length - 1] * MARGIN);
    styler.setXAxisDecimalPattern("#,###").setPlotGridVerticalLinesVisible(false);
    styler.setAnnotationLineColor(MARK).setAnnotationLineStroke(DOTTED);
    styler.setLegendVisible(true).setLegendPosition(LegendPosition.OutsideE);
    styler.setLegendBorderColor(Color.WHITE);
    Chart.fitAccuracies(chart, points().mapToDouble(ByteCurve.Point::accuracy).toArray());
  }

  private Stream<ByteCurve.Point> points() {
    return curve.lines().stream().flatMap(line -> line.points().stream());
  }

  private void line(ByteCurve.Line line, Color colour, BasicStroke stroke) {
    String name = Chart.name(line.method());
    double[] bytes = line.points().stream().mapToDouble(ByteCurve.Point::bytes).toArray();
    double[] accuracies = line.points().stream().mapToDouble(ByteCurve.Point::accuracy).toArray();
    XYSeries whole = chart.addSeries(name, bytes, accuracies);
    whole.setMarker(SeriesMarkers.NONE).setLineColor(colour).setLineStyle(stroke);
    for (ByteCurve.Point point : line.points()) {
      XYSeries one =
          chart.addSeries(
              name + " " + point.type(),
              new double[] {point.bytes()},
              new double[] {point.accuracy()});
      one.setMarker(marker(point.type())).setMarkerColor(colour).setShowInLegend(false);
    }
  }

  private static Marker marker(FeatureType type) {
    return switch (type) {
      case FLOAT32 -> SeriesMarkers.CIRCLE;
      case FLOAT16 -> SeriesMarkers.SQUARE;
      case INT8 -> SeriesMarkers.TRIANGLE_UP;
    };
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
