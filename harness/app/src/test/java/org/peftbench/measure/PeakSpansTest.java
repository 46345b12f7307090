package org.peftbench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.peftbench.result.Watched;

class PeakSpansTest {

  @Test
  void aSpanHoldsItsLargestReadingAndOneWithoutRepeatsTheLast() {
    PeakSpans spans = new PeakSpans(0.1);
    spans.add(0.01, 5);
    spans.add(0.05, 9);
    spans.add(0.09, 7);
    spans.add(0.35, 3);
    assertEquals(new Watched.MemoryCurve(0.1, List.of(9L, 9L, 9L, 3L)), spans.curve());
  }

  @Test
  void hoursTakeNoMoreRoomAndLoseNoPeak() {
    PeakSpans spans = new PeakSpans(0.1);
    for (int i = 0; i < 100_000; i++) {
      spans.add(i / 10.0, i == 54_321 ? 1000 : i % 7);
    }
    List<Long> peaks = spans.curve().peakBytes();
    assertTrue(peaks.size() > 64 && peaks.size() <= 128, "" + peaks.size());
    assertEquals(1000L, Collections.max(peaks));
    double span = spans.curve().spanSeconds();
    assertEquals(1000L, peaks.get((int) (5432.1 / span)));
  }
}
