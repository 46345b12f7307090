package org.peftbench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class MemoryLineTest {

  @Test
  void goesThroughBothPoints() {
    MemoryLine line = MemoryLine.through(8, 900, 16, 1_300);
    assertEquals(new MemoryLine(500, 50), line);
    assertEquals(line, MemoryLine.through(16, 1_300, 8, 900));
  }

  @Test
  void largestBatchIsTheLastThatFits() {
    MemoryLine line = new MemoryLine(500, 50);
    assertEquals(10, line.largestBatch(1_000));
    assertEquals(9, line.largestBatch(999));
    assertEquals(1, line.largestBatch(550));
    assertEquals(0, line.largestBatch(549));
  }

  @Test
  void memoryThatDoesNotGrowSetsNoLimit() {
    assertEquals(Long.MAX_VALUE, MemoryLine.through(1, 500, 2, 500).largestBatch(500));
    assertEquals(0, MemoryLine.through(1, 500, 2, 500).largestBatch(499));
  }

  @Test
  void oneBatchSizeIsNoLine() {
    assertThrows(IllegalArgumentException.class, () -> MemoryLine.through(4, 1, 4, 2));
  }
}
