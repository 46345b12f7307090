package org.peftbench.plan;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.peftbench.cell.BackboneMemory;
import org.peftbench.cell.DeviceType;
import org.peftbench.cell.Features;
import org.peftbench.cell.Split;
import org.peftbench.image.Interpolation;
import org.peftbench.image.Normalization;
import org.peftbench.model.Precision;
import org.peftbench.model.ViTConfig;
import org.peftbench.wire.CloudAccess;

/**
 * What a user asks for; what is left empty follows the profile, the weights, the tasks or the
 * method.
 *
 * @param selection which cells
 * @param network what is adapted
 * @param overrides what differs from the profile
 * @param use how often a frozen backbone runs, and where it lies
 * @param judging what the accuracy is counted on
 * @param cloud that runs the backbone; empty if cells do
 * @param device what to compute on
 */
public record RunRequest(
    Selection selection,
    Network network,
    Overrides overrides,
    Use use,
    Judging judging,
    Optional<CloudAccess> cloud,
    DeviceType device) {

  /** What a user asks for whose cells have their own backbone. */
  public RunRequest(
      Selection selection,
      Network network,
      Overrides overrides,
      Use use,
      Judging judging,
      DeviceType device) {
    this(selection, network, overrides, use, judging, Optional.empty(), device);
  }

  /** The same with features from a cloud. */
  public RunRequest from(CloudAccess other) {
    return new RunRequest(selection, network, overrides, use, judging, Optional.of(other), device);
  }

  /** The same judged on the test split, at rates that are not given here. */
  public RunRequest judgedOnTest() {
    return new RunRequest(
        selection,
        network,
        new Overrides(
            overrides.profile,
            overrides.epochs,
            overrides.warmupEpochs,
            overrides.batchSize,
            Optional.empty(),
            Optional.empty(),
            overrides.precision,
            overrides.interpolation,
            overrides.normalize),
        use,
        new Judging(Split.TEST, judging.limitTest),
        cloud,
        device);
  }

  /**
   * Methods x tasks x seeds.
   *
   * @param methods such as {@code last,lora[rank=8]}
   * @param tasks such as {@code vtab.natural,svhn}
   * @param data directory of the tasks
   * @param seeds one cell each
   */
  public record Selection(String methods, String tasks, Path data, List<Long> seeds) {

    /** Copies the seeds. */
    public Selection {
      seeds = List.copyOf(seeds);
    }
  }

  /**
   * The network that methods adapt.
   *
   * @param backbone such as {@code vit-b16}
   * @param weights a file, a registry name or {@code random}
   * @param pooling how final tokens become a representation
   * @param imageSize side of the input, in pixels
   * @param frames of each clip that it sees
   */
  public record Network(
      Optional<String> backbone,
      Optional<String> weights,
      Optional<ViTConfig.Pooling> pooling,
      Optional<Integer> imageSize,
      Optional<Integer> frames) {}

  /**
   * A profile, and what is to differ from it.
   *
   * @param profile name of the profile
   * @param epochs passes over the training images
   * @param warmupEpochs epochs of linear warm-up
   * @param batchSize images a step
   * @param lr peak learning rate, for all methods
   * @param weightDecay decoupled weight decay
   * @param precision arithmetic of backbone and method
   * @param interpolation kernel of the square resize
   * @param normalize how pixels are shifted and scaled
   */
  public record Overrides(
      Optional<String> profile,
      Optional<Integer> epochs,
      Optional<Integer> warmupEpochs,
      Optional<Integer> batchSize,
      Optional<Double> lr,
      Optional<Double> weightDecay,
      Optional<Precision> precision,
      Optional<Interpolation> interpolation,
      Optional<Normalization> normalize) {}

  /**
   * How methods that only read a backbone get its taps.
   *
   * @param features how often it runs; empty for what suits each method
   * @param memory where its blocks are; empty for in memory where they fit
   * @param bytes that a cell's process may hold; empty if that is not known
   */
  public record Use(
      Optional<Features> features, Optional<BackboneMemory> memory, OptionalLong bytes) {

    /** What suits each method, with as much memory as it takes. */
    public static final Use USUAL =
        new Use(Optional.empty(), Optional.empty(), OptionalLong.empty());
  }

  /**
   * What the accuracy is counted on.
   *
   * @param evaluate the split
   * @param limitTest only its first images
   */
  public record Judging(Split evaluate, Optional<Integer> limitTest) {}
}
