package org.peftbench.plan;

import java.util.Optional;
import org.peftbench.WrongInputException;
import org.peftbench.cell.MethodChoice;
import org.peftbench.plugin.MethodFacts;

/**
 * A method that was asked for.
 *
 * @param choice the method; as typed if its jar cannot be used
 * @param facts what it says of itself; empty if its jar cannot be used
 * @param trouble why its jar cannot be used
 */
record Candidate(MethodChoice choice, Optional<MethodFacts> facts, Optional<String> trouble) {

  static Candidate of(MethodFacts facts) {
    return new Candidate(facts.choice(), Optional.of(facts), Optional.empty());
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
