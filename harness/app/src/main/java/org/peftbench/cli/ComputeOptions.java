package org.peftbench.cli;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.peftbench.WrongInputException;
import org.peftbench.cell.Device;
import org.peftbench.child.Devices;
import picocli.CommandLine.Option;

/** The options of a command that computes on one device: which, and with how many threads. */
final class ComputeOptions {

  @Option(
      names = "--device",
      paramLabel = "auto|cpu|cuda:N",
      defaultValue = "auto",
      description = "where to compute (default: ${DEFAULT-VALUE})")
  String word = "";

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "engine threads (default: all processors)")
  @Nullable Integer threads;

  /** The device, with {@code auto} decided. */
  Device device() {
    return Devices.resolve(word);
  }

  /** Engine threads: as given, else one for each processor. */
  int threads() {
    return atLeastOne(threads).orElse(Runtime.getRuntime().availableProcessors());
  }

  /** The option's value, if it was given. */
  static OptionalInt atLeastOne(@Nullable Integer threads) {
    if (threads == null) {
      return OptionalInt.empty();
    }
    if (threads < 1) {
      throw new WrongInputException("--threads " + threads + " is not possible; at least 1");
    }
    return OptionalInt.of(threads);
  }
}
