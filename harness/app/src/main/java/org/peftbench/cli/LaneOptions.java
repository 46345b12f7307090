package org.peftbench.cli;

import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.peftbench.run.Lane;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it before a command runs
  CommandSpec command;

  /**
   * A lane for each device, with {@code auto} and {@code all} decided, and said why where it is not
   * what one expects.
   */
  List<Lane> lanes() throws IOException, InterruptedException {
    OptionalInt each = ComputeOptions.atLeastOne(threads);
    return Lane.of(ComputeOptions.devices(command).several(words), each);
  }
}
