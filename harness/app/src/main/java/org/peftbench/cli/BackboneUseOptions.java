package org.peftbench.cli;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.peftbench.cell.BackboneMemory;
import org.peftbench.cell.DeviceType;
import org.peftbench.cell.Features;
import org.peftbench.measure.MachineMemory;
import org.peftbench.plan.RunRequest;
import org.peftbench.run.Limits;
import picocli.CommandLine.Option;

/** The options of every command whose cells have a backbone: how often it runs, where it lies. */
final class BackboneUseOptions {

  @Option(
      names = "--features",
      paramLabel = "live|cached|cached-float16|auto",
      defaultValue = "auto",
      description =
          "where a side method's taps come from: the backbone at each step, or a cache filled once;"
              + " auto caches taps that are smaller than the image (default: ${DEFAULT-VALUE})")
  String word = "";

  @Option(
      names = "--backbone-memory",
      paramLabel = "resident|streamed|auto",
      defaultValue = "auto",
      description =
          "where a side method's backbone lies: in memory, or in the weight file, from which one"
              + " block at a time is read; auto streams what would not fit (default:"
              + " ${DEFAULT-VALUE})")
  String memory = "";

  /**
   * What was given of how a backbone is used.
   *
   * @param limits of a cell, whose process may else hold what the machine has
   * @param device where it computes
   */
  RunRequest.Use use(Limits limits, DeviceType device) {
    OptionalLong bytes =
        device == DeviceType.CPU
            ? OptionalLong.of(limits.residentBytes().orElseGet(MachineMemory::bytes))
            : OptionalLong.empty();
    return new RunRequest.Use(features(), backboneMemory(), bytes);
  }

  private Optional<BackboneMemory> backboneMemory() {
    return Words.namedOrAuto("--backbone-memory", memory, List.of(BackboneMemory.values()));
  }

  private Optional<Features> features() {
    return Words.namedOrAuto(
        "--features",
        word,
        Stream.of(Features.values()).filter(known -> !known.isCloud()).toList());
  }
}
