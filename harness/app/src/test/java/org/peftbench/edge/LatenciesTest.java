package org.peftbench.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.peftbench.result.EdgeUse;

/** Each percentile is a time that was taken, and not exceeded by that share of all. */
class LatenciesTest {

  @Test
  void ofAHundred() {
    double[] seconds = IntStream.range(0, 100).mapToDouble(i -> (i * 37 % 100) + 1).toArray();
    assertEquals(new EdgeUse.Latency(100, 50, 90, 99), Latencies.of(seconds));
  }

  @Test
  void ofOne() {
    assertEquals(new EdgeUse.Latency(1, 7, 7, 7), Latencies.of(new double[] {7}));
  }
}
