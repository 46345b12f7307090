package org.peftbench.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.peftbench.WrongInputException;
import org.peftbench.cell.Device;
import org.peftbench.child.Devices;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it before a command runs
  CommandSpec command;

  /** The device, with {@code auto} decided, and said why where it is not what one expects. */
  Device device() throws IOException, InterruptedException {
    return devices(command).resolve(word);
  }

  /**
   * This machine's devices, which say on a command's standard error why {@code auto} is the CPU.
   */
  static Devices devices(CommandSpec command) {
    PrintWriter err = command.commandLine().getErr();
    return Devices.here(why -> err.println("bench: " + why));
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
