package org.peftbench.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is left of four GPUs. */
class VisibleGpusTest {

  @ParameterizedTest
  @CsvSource({
    "'', 0",
    "-1, 0",
    "0, 1",
    "'1,0', 2",
    "'3, 2', 2",
    "'0,-1,1', 1",
    "'0,7,1', 1",
    "no, 0",
    "GPU-8b9e0f3a, 1",
    "'GPU-8b9e0f3a,MIG-77', 2"
  })
  void theListEndsAtItsFirstEntryThatIsNone(String list, int count) {
    assertEquals(count, new VisibleGpus(Optional.of(list)).count(4));
  }

  @Test
  void withoutAListAllAreVisible() {
    assertEquals(4, new VisibleGpus(Optional.empty()).count(4));
  }
}
