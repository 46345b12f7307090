package org.peftbench.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.peftbench.child.Devices;
import org.peftbench.run.Lane;
import picocli.CommandLine.Option;

/** Where cells are computed: on one device after the other, or on several GPUs at once. */
final class LaneOptions {

  @Option(
      names = "--device",
      paramLabel = "auto|cpu|cuda:N,...|all",
      defaultValue = "auto",
      description =
          "where to compute (default: ${DEFAULT-VALUE}); on several GPUs, such as cuda:0,cuda:1 or"
              + " all of them, one cell runs on each at a time, on cores of its own")
  String words = "";

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "engine threads of a cell (default: all processors, or its part of them beside others)")
  @Nullable Integer threads;

  /** A lane for each device, with {@code auto} and {@code all} decided. */
  List<Lane> lanes() throws InterruptedException {
    return Lane.of(Devices.several(words), ComputeOptions.atLeastOne(threads));
  }
}
