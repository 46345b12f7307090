package org.peftbench.report;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A number that a shared pass is known by; all that prints numbers of passes selects from the list
 * of these.
 *
 * @param name what files call it, with the unit of the records
 * @param label what the table calls it, without a unit
 * @param unit the unit in the table
 * @param summary how the numbers of several passes become one
 * @param reading how it is read off a pass
 */
record PassMetric(
    @JsonValue String name,
    String label,
    Unit unit,
    Summary summary,
    Function<Pass, Optional<Number>> reading) {

  private static final Unit TIMES = new Unit("", 1, 2);

  /** All of them; columns stand in this order. */
  static final List<PassMetric> ALL =
      List.of(
          of(Metrics.PASS_TRAIN_SECONDS),
          of(Metrics.PASS_BACKBONE_SECONDS),
          seconds("learners_train_seconds", "learners", Pass::ownSeconds),
          seconds(
              "learner_train_seconds",
              "a learner",
              pass -> pass.ownSeconds().map(all -> all / pass.began())),
          seconds("alone_train_seconds", "alone", Pass::aloneSeconds),
          new PassMetric(
              "shared_of_alone", "train / alone", TIMES, Summary.MEDIAN, PassMetric::ofAlone),
          of(Metrics.PASS_TRAIN_PEAK),
          of(Metrics.OWN_BYTES),
          of(Metrics.PASS_END_TO_END));

  /** A metric of the cells that shared it. */
  private static PassMetric of(Metric metric) {
    return new PassMetric(
        metric.name(),
        metric.label(),
        metric.unit(),
        metric.summary(),
        pass -> metric.of(pass.succeeded()));
  }

  private static PassMetric seconds(
      String name, String label, Function<Pass, Optional<Double>> reading) {
    return new PassMetric(
        name,
        label,
        Metrics.SECONDS,
        Summary.MEDIAN,
        pass -> reading.apply(pass).map(Number.class::cast));
  }

  private static Optional<Number> ofAlone(Pass pass) {
    return pass.aloneSeconds()
        .filter(alone -> alone > 0)
        .flatMap(
            alone ->
                Metrics.PASS_TRAIN_SECONDS
                    .of(pass.succeeded())
                    .map(seconds -> seconds.doubleValue() / alone));
  }

  /** What stands above its column. */
  String header() {
    return unit.symbol().isEmpty() ? label : label + " (" + unit.symbol() + ")";
  }

  /** Of several passes of one kind. */
  Optional<Number> of(List<Pass> passes) {
    Stream<Number> numbers = passes.stream().flatMap(pass -> reading.apply(pass).stream());
    return summary == Summary.MEDIAN ? Summary.median(numbers) : Summary.largest(numbers);
  }
}
