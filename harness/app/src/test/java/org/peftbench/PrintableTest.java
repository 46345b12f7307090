package org.peftbench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {

  @ParameterizedTest
  @ValueSource(
      ints = {
        0,
        7,
        8,
        0xd,
        0x1b,
        0x7f, // what a terminal obeys
        0x85,
        0x9b, // the same in one byte
        0xad,
        0x200b,
        0x2028,
        0x2029,
        0x202e,
        0x2066,
        0xfeff,
        0xe0041, // what is not seen
        0xd800 // half of a character
      })
  void whatActsIsShownAsJsonWouldEscapeIt(int character) throws Exception {
    String foreign = "a" + Character.toString(character) + "b";
    String shown = Printable.text(foreign);
    assertTrue(shown.chars().allMatch(c -> c >= ' ' && c < 0x7f), shown);
    assertEquals(foreign, new ObjectMapper().readValue('"' + shown + '"', String.class));
    assertEquals(shown, Printable.line(foreign));
    assertEquals(shown, Printable.line(shown));
  }

  @Test
  void whatIsSeenStays() {
    String name = "café ± 東京 😀 \\ \"";
    assertEquals(name, Printable.line(name));
    assertEquals(name, Printable.line(name, name.length()));
    assertTrue(Printable.is(name, 40));
  }

  @Test
  void linesAndTabsPassInTextAlone() {
    assertEquals("a\n\tb", Printable.text("a\n\tb"));
    assertEquals("a\\n\\tb\\r", Printable.line("a\n\tb\r"));
  }

  @Test
  void aLongLineIsCut() {
    assertEquals("aaa…", Printable.line("a".repeat(1000), 4));
    assertEquals("😀😀…", Printable.line("😀".repeat(9), 3));
    assertEquals("\\u00…", Printable.line("\u0000".repeat(9), 5));
    assertFalse(Printable.is("a".repeat(5), 4));
  }

  @Test
  void aRefusalIsOneLineWhateverTheNameIs() {
    assertEquals(
        "there is no 'x\\n\\u001b[2Jbench: all is well'",
        new WrongInputException("there is no 'x\n\u001b[2Jbench: all is well'").getMessage());
  }
}
