package org.peftbench.plan;

import java.util.ArrayList;
import java.util.List;
import org.peftbench.WrongInputException;
import org.peftbench.cell.BackboneChoice;
import org.peftbench.cell.Cell;
import org.peftbench.cell.MethodChoice;
import org.peftbench.tune.Definition;
import org.peftbench.tune.Entrant;

/** Rates that a study chose, in runs that may differ from it. */
final class ChosenRates {

  private ChosenRates() {}

  /**
   * Checks that nobody asks for another rate at the same time.
   *
   * @throws WrongInputException if somebody does
   */
  static void requireAlone(List<Candidate> candidates, RunRequest.Overrides overrides) {
    for (Candidate candidate : candidates) {
      if (candidate.chosenIn().isPresent()
          && (overrides.lr().isPresent() || overrides.weightDecay().isPresent())) {
        throw new WrongInputException(
            "%s brings the rate and weight decay of its study; leave out %s"
                .formatted(
                    candidate.choice().label(),
                    overrides.lr().isPresent() ? "--lr" : "--weight-decay"));
      }
    }
  }

  /** Says where a run differs from the study that chose a rate. */
  static List<String> notes(List<Candidate> candidates, Cell cell) {
    String now = words(Definition.Setting.of(cell));
    List<String> notes = new ArrayList<>();
    for (Candidate candidate : candidates) {
      candidate.chosenIn().ifPresent(study -> notes.addAll(notes(candidate.choice(), study, now)));
    }
    return notes;
  }

  private static List<String> notes(MethodChoice method, Definition study, String now) {
    List<String> notes = new ArrayList<>();
    String then = words(study.setting());
    if (!then.equals(now)) {
      notes.add("the rate of %s was chosen on %s; this is %s".formatted(method.label(), then, now));
    }
    if (!study.method(method.id()).flatMap(Entrant::plugin).equals(method.plugin())) {
      notes.add("the rate of %s was chosen with another jar".formatted(method.label()));
    }
    return notes;
  }

  /** What a rate depends on most. */
  private static String words(Definition.Setting setting) {
    BackboneChoice backbone = setting.backbone();
    return "%s (%s), %d epochs, batches of %d"
        .formatted(backbone.name(), backbone.weights(), setting.epochs(), setting.batchSize());
  }
}
