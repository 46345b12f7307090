package org.peftbench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.peftbench.measure.MemoryPlane.Measured;

class MemoryPlaneTest {

  /** 100 in any case, 30 a block, 7 an image and 2 an image and block. */
  private static MemoryLine line(int depth) {
    return MemoryLine.through(1, peak(depth, 1), 4, peak(depth, 4));
  }

  private static long peak(int depth, int batch) {
    return 100 + 30L * depth + 7L * batch + 2L * depth * batch;
  }

  @Test
  void itGoesThroughWhatWasMeasuredAndBeyond() {
    MemoryPlane plane = MemoryPlane.through(new Measured(2, line(2)), new Measured(4, line(4)));
    assertEquals(new MemoryPlane(100, 30, 7, 2), plane);
    MemoryLine deep = plane.at(56);
    assertEquals(peak(56, 0), Math.round(deep.fixedBytes()));
    assertEquals(peak(56, 3) - peak(56, 2), Math.round(deep.bytesPerImage()));
  }

  @Test
  void oneDepthIsNoPlane() {
    Measured measured = new Measured(2, line(2));
    assertThrows(IllegalArgumentException.class, () -> MemoryPlane.through(measured, measured));
  }
}
