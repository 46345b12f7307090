package org.peftbench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.peftbench.cell.Device;

class LaneTest {

  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  private static List<Device> gpus(int count) {
    return IntStream.range(0, count).mapToObj(n -> Device.named("cuda:" + n)).toList();
  }

  @Test
  void oneDeviceHasAllProcessors() throws InterruptedException {
    assertEquals(
        List.of(new Lane(Device.CPU, PROCESSORS, Optional.empty(), true)),
        Lane.of(List.of(Device.CPU), OptionalInt.empty()));
    assertEquals("cpu", Lane.of(List.of(Device.CPU), OptionalInt.of(3)).get(0).toString());
  }

  /** Whatever this machine is: lanes share no processor, or say that they do. */
  @Test
  void severalShareTheProcessors() throws InterruptedException {
    List<Lane> lanes = Lane.of(gpus(2), OptionalInt.empty());
    Set<Integer> seen = new HashSet<>();
    for (Lane lane : lanes) {
      assertEquals(lane.cores().isEmpty(), !lane.taints().isEmpty());
      assertTrue(lane.threads() >= 1 && lane.threads() <= Math.max(1, PROCESSORS / 2), "" + lane);
      lane.cores().stream()
          .flatMap(set -> set.processors().stream())
          .forEach(processor -> assertTrue(seen.add(processor), () -> "twice: " + lanes));
    }
  }

  @Test
  void moreDevicesThanCoresAreATaint() throws InterruptedException {
    for (Lane lane : Lane.of(gpus(PROCESSORS + 1), OptionalInt.empty())) {
      assertEquals(1, lane.threads());
      assertEquals(
          List.of("cells ran side by side, and could not be kept to cores of their own"),
          lane.taints());
    }
  }

  @Test
  void threadsAreAsGiven() throws InterruptedException {
    for (Lane lane : Lane.of(gpus(2), OptionalInt.of(7))) {
      assertEquals(7, lane.threads());
    }
  }
}
