package org.peftbench.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Counters as Linux prints them. */
class NetworkBytesTest {

  private static final List<String> LINES =
      List.of(
          "Inter-|   Receive                                                |  Transmit",
          " face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets",
          "    lo:     100       1    0    0    0     0          0         0      100       1",
          "  eth0:12345678   10000    0    0    0     0          0         0      777      99",
          " veth1:       5       1    0    0    0     0          0         0        3       1");

  @Test
  void interfacesAreSummedByDirection() {
    assertEquals(
        Optional.of(new NetworkBytes(780, 12345683)),
        NetworkBytes.of(LINES, Set.of("eth0", "veth1")));
  }

  @Test
  void loopbackCountsIfItIsAskedFor() {
    assertEquals(Optional.of(new NetworkBytes(100, 100)), NetworkBytes.of(LINES, Set.of("lo")));
  }

  @Test
  void nothingIsNotZero() {
    assertEquals(Optional.empty(), NetworkBytes.of(LINES, Set.of("wlan0")));
  }
}
