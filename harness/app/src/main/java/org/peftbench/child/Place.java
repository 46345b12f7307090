package org.peftbench.child;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.peftbench.cell.Device;
import org.peftbench.cuda.VisibleGpus;
import org.peftbench.measure.GpuAddress;

/**
 * What a child has of the machine.
 *
 * @param device where it computes
 * @param cores the processors that it is kept to; empty for all that this program may use
 */
record Place(Device device, Optional<CoreSet> cores) {

  /** What stands before its command. */
  List<String> command() {
    return cores.map(CoreSet::command).orElse(List.of());
  }

  /** Shows it one GPU: none of its libraries can then take memory of another, a neighbour's. */
  void into(Map<String, String> environment) {
    device.cuda().ifPresent(number -> showAlone(number, environment));
  }

  private static void showAlone(int number, Map<String, String> environment) {
    Optional<String> visible = Optional.ofNullable(environment.get(GpuAddress.VISIBLE));
    boolean there = number < new VisibleGpus(visible).count(Integer.MAX_VALUE);
    environment.put(GpuAddress.VISIBLE, there ? GpuAddress.of(number, visible).name() : "");
  }
}
