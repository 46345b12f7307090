package org.peftbench.plan;

import java.util.Optional;
import org.peftbench.WrongInputException;
import org.peftbench.cell.MethodChoice;
import org.peftbench.plugin.MethodBinding;

/**
 * A method that was asked for.
 *
 * @param choice the method; as typed if its jar cannot be used
 * @param binding what it says of itself; empty if its jar cannot be used
 * @param trouble why its jar cannot be used
 */
record Candidate(MethodChoice choice, Optional<MethodBinding> binding, Optional<String> trouble) {

  static Candidate of(MethodBinding binding) {
    return new Candidate(binding.choice(), Optional.of(binding), Optional.empty());
  }

  /**
   * The binding, where nothing can be done without.
   *
   * @throws WrongInputException if there is none
   */
  MethodBinding required() {
    return binding.orElseThrow(
        () -> new WrongInputException(choice.label() + ": " + trouble.orElse("")));
  }
}
