package org.peftbench.plan;

import java.util.List;
import java.util.Optional;
import org.peftbench.WrongInputException;
import org.peftbench.cell.MethodChoice;
import org.peftbench.cell.Rate;
import org.peftbench.plugin.MethodFacts;
import org.peftbench.tune.Definition;

/**
 * A method that was asked for.
 *
 * @param choice the method; as typed if its jar cannot be used
 * @param facts what it says of itself; empty if its jar cannot be used
 * @param trouble why its jar cannot be used
 * @param rate how fast it learns, if a study tries that or has chosen it
 * @param chosenIn the study that chose it
 */
record Candidate(
    MethodChoice choice,
    Optional<MethodFacts> facts,
    Optional<String> trouble,
    Optional<Rate> rate,
    Optional<Definition> chosenIn) {

  static Candidate of(MethodFacts facts) {
    return new Candidate(
        facts.choice(), Optional.of(facts), Optional.empty(), Optional.empty(), Optional.empty());
  }

  static Candidate unusable(MethodChoice choice, Optional<String> trouble) {
    return new Candidate(choice, Optional.empty(), trouble, Optional.empty(), Optional.empty());
  }

  /** The same with a rate that is tried. */
  Candidate with(Optional<Rate> tried) {
    return tried.isPresent() ? new Candidate(choice, facts, trouble, tried, chosenIn) : this;
  }

  /** The same with a rate that was chosen. */
  Candidate chosen(Rate by, Definition in) {
    return new Candidate(choice, facts, trouble, Optional.of(by), Optional.of(in));
  }

  /** What makes it another cell on a task than any other candidate. */
  List<Object> identity() {
    return List.of(choice, rate);
  }

  /**
   * What it says of itself, where nothing can be done without.
   *
   * @throws WrongInputException if there is none
   */
  MethodFacts required() {
    return facts.orElseThrow(
        () -> new WrongInputException(choice.label() + ": " + trouble.orElse("")));
  }
}
