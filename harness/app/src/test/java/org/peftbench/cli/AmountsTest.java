package org.peftbench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peftbench.WrongInputException;

class AmountsTest {

  @Test
  void timesAndSizesAreRead() {
    assertEquals(Duration.ofMinutes(390), Amounts.time("--timeout", "6h30m"));
    assertEquals(20L << 30, Amounts.bytes("--max-cache", "20GiB"));
    assertEquals(512L << 20, Amounts.bytes("--memory", "512MiB"));
    assertEquals(7, Amounts.bytes("--memory", "7B"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "20", "20GB", "0MiB", "-1GiB", "1.5GiB", "99999999999TiB"})
  void whatIsNoSizeIsRefused(String text) {
    assertEquals(
        "--max-cache " + text + " is not a size; write, for example, 512MiB or 20GiB",
        assertThrows(WrongInputException.class, () -> Amounts.bytes("--max-cache", text))
            .getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0s", "-5m", "5", "soon"})
  void whatIsNoTimeIsRefused(String text) {
    assertThrows(WrongInputException.class, () -> Amounts.time("--idle-exit", text));
  }
}
