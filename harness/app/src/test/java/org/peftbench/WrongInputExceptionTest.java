package org.peftbench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class WrongInputExceptionTest {

  @Test
  void whatIsQuotedChangesNoTerminalAndStartsNoLine() {
    String hostile = "list.txt line 1: found '\u001b[31m\r\n\u0085\u2028\u202e\t', é as it is";
    assertEquals(
        "list.txt line 1: found '\\u001b[31m\\r\\n\\u0085\\u2028\\u202e\\t', é as it is",
        new WrongInputException(hostile).getMessage());
  }

  @Test
  void whatIsTooLongKeepsBothEnds() {
    var thrown =
        new WrongInputException("file: '" + "x".repeat(50_000) + "', expected a number", null);
    String message = String.valueOf(thrown.getMessage());
    assertEquals(2003, message.length());
    assertTrue(message.startsWith("file: 'xxx"), message);
    assertTrue(message.endsWith("xxx', expected a number"), message);
  }
}
