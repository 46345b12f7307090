package org.peftbench.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.function.Executable;
import org.peftbench.WrongInputException;

/** Asserts that wrong input is refused in one line that says what matters. */
public final class Refusal {

  private Refusal() {}

  /** Asserts that the action is refused with a one-line message that contains all the words. */
  public static void assertRefused(Executable action, String... words) {
    var exception = assertThrows(WrongInputException.class, action);
    String message = String.valueOf(exception.getMessage());
    assertEquals(1, message.lines().count(), message);
    for (String word : words) {
      assertTrue(message.contains(word), () -> "'" + word + "' is not in: " + message);
    }
  }
}
