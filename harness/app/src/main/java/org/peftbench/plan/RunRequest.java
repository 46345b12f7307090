package org.peftbench.plan;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.peftbench.cell.Device;
import org.peftbench.cell.Split;

/**
 * What a user asks for; options left empty follow the profile, the weights or the method.
 *
 * @param methods such as {@code last,lora[rank=8]}
 * @param tasks such as {@code vtab.natural,svhn}
 * @param data directory of the tasks
 * @param backbone such as {@code vit-b16}; empty to follow the tasks
 * @param weights a file, a registry name or {@code random}
 * @param pooling {@code cls} or {@code mean}
 * @param imageSize side of the input, in pixels
 * @param seeds one cell each
 * @param profile name of a profile; empty to follow the tasks
 * @param epochs overrides the profile's
 * @param warmupEpochs overrides the profile's
 * @param batchSize overrides the profile's
 * @param lr overrides the profile's
 * @param weightDecay overrides the profile's
 * @param interpolation overrides the profile's
 * @param normalize overrides the profile's and the weights'
 * @param features {@code auto}, {@code live}, {@code cached} or {@code cached-float16}
 * @param evaluate the split to judge on
 * @param limitTest only the first images of it
 * @param device where to compute
 */
public record RunRequest(
    String methods,
    String tasks,
    Path data,
    Optional<String> backbone,
    Optional<String> weights,
    String pooling,
    OptionalInt imageSize,
    List<Long> seeds,
    Optional<String> profile,
    OptionalInt epochs,
    OptionalInt warmupEpochs,
    OptionalInt batchSize,
    OptionalDouble lr,
    OptionalDouble weightDecay,
    Optional<String> interpolation,
    Optional<String> normalize,
    String features,
    Split evaluate,
    OptionalInt limitTest,
    Device device) {

  /** Copies the seeds. */
  public RunRequest {
    seeds = List.copyOf(seeds);
  }
}
