package org.peftbench.run;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.peftbench.cell.Phase;
import org.peftbench.cell.Protocol;
import org.peftbench.link.Learned;
import org.peftbench.plan.Expected;
import org.peftbench.plan.PlannedCell;
import org.peftbench.result.Outcome;

/**
 * Whether what a child says became of its cells can be: a jar's code runs in it, and may say
 * anything. What agrees with all that is known of the cell beforehand is believed.
 */
final class Plausible {

  private Plausible() {}

  /**
   * What cannot be.
   *
   * @param planned the cells of the pass
   * @param phase that it says so in
   * @param seconds since the child was started
   * @param learned what it says of them
   * @return the first that is found, a sentence; empty if all can be
   */
  static Optional<String> objection(
      List<PlannedCell> planned, Phase phase, double seconds, List<Learned> learned) {
    Phase judging = Phase.judging(planned.get(0).cell().protocol().evaluate());
    if (phase.compareTo(judging) < 0) {
      return Optional.of("it was done before phase " + judging);
    }
    if (learned.size() != planned.size()) {
      return Optional.of("%d results of %d cells".formatted(learned.size(), planned.size()));
    }
    return IntStream.range(0, planned.size())
        .mapToObj(i -> objection(planned.get(i), seconds, learned.get(i)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> objection(PlannedCell planned, double seconds, Learned learned) {
    if (learned.edge().isPresent() != planned.remote().isPresent()) {
      return Optional.of("a cloud's traffic, where none was asked, or none of a cloud that was");
    }
    return learned.found().flatMap(found -> objection(planned, seconds, found));
  }

  private static Optional<String> objection(
      PlannedCell planned, double seconds, Learned.Found found) {
    Outcome outcome = found.outcome();
    Protocol protocol = planned.cell().protocol();
    if (found.steps().totalSeconds() > seconds) {
      return Optional.of(
          "steps of %.1f s in %.1f s".formatted(found.steps().totalSeconds(), seconds));
    }
    if (outcome.totalParameters() < outcome.trainableParameters() + outcome.headParameters()) {
      return Optional.of("more trained parameters than parameters");
    }
    Stream<Optional<String>> known =
        planned.expected().stream().flatMap(told -> objections(told, protocol, found));
    return Stream.concat(
            Stream.of(differs("epochs", outcome.epochLosses().size(), protocol.epochs())), known)
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Stream<Optional<String>> objections(
      Expected expected, Protocol protocol, Learned.Found found) {
    Outcome outcome = found.outcome();
    int judged = Math.min(expected.split(), protocol.limitTest().orElse(Integer.MAX_VALUE));
    long batches = (expected.trained() + protocol.batchSize() - 1L) / protocol.batchSize();
    return Stream.of(
        differs("images judged", outcome.images(), judged),
        differs("images of the split", outcome.splitImages(), expected.split()),
        differs("steps", found.steps().steps(), batches * protocol.epochs()),
        differs("trained values", outcome.trainableParameters(), expected.trainableParameters()),
        differs("values of the head", outcome.headParameters(), expected.headParameters()),
        differs("bytes an image", outcome.transferBytesPerImage(), expected.transferBytes()));
  }

  private static Optional<String> differs(String what, long said, long known) {
    return said == known
        ? Optional.empty()
        : Optional.of("%d %s, where there are %d".formatted(said, what, known));
  }
}
