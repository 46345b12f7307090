package org.peftbench.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.peftbench.WrongInputException;
import org.peftbench.cell.Split;
import org.peftbench.plan.RunRequest;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that runs cells: tasks, backbone, protocol and device. */
final class RunOptions {

  @Option(
      names = "--tasks",
      required = true,
      paramLabel = "LIST",
      description =
          "pocket (rendered, nothing to download), vtab, vtab.natural, vtab.specialized,"
              + " vtab.structured, tasks, folders; see bench list tasks")
  String tasks = "";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data/vtab-1k",
      description = "directory of the tasks, in VTAB-1K's layout (default: ${DEFAULT-VALUE})")
  Path data = Path.of("");

  @Option(
      names = "--backbone",
      paramLabel = "NAME",
      description =
          "size and patch (default: vit-pocket for tasks of pocket, else vit-b16); see bench list"
              + " backbones")
  @Nullable String backbone;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description =
          "a .safetensors or .npz file, a registry name, or random (default: the registry's)")
  @Nullable String weights;

  @Option(
      names = "--image-size",
      paramLabel = "PIXELS",
      description =
          "side of the input; position embeddings are interpolated (default: the backbone's)")
  @Nullable Integer imageSize;

  @Option(
      names = "--pool",
      paramLabel = "cls|mean",
      defaultValue = "cls",
      description = "how final tokens become a representation (default: ${DEFAULT-VALUE})")
  String pool = "";

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description =
          "defaults of the options below (default: pocket for tasks of pocket, else standard); see"
              + " bench list profiles")
  @Nullable String profile;

  @Option(names = "--epochs", paramLabel = "N", description = "passes over the training images")
  @Nullable Integer epochs;

  @Option(
      names = "--warmup-epochs",
      paramLabel = "N",
      description = "epochs of linear warm-up (default: the profile's share of the epochs)")
  @Nullable Integer warmupEpochs;

  @Option(names = "--batch-size", paramLabel = "N", description = "images a step")
  @Nullable Integer batchSize;

  @Option(names = "--lr", paramLabel = "X", description = "peak learning rate of AdamW")
  @Nullable Double lr;

  @Option(names = "--weight-decay", paramLabel = "X", description = "decoupled weight decay")
  @Nullable Double weightDecay;

  @Option(
      names = "--interpolation",
      paramLabel = "bicubic|bilinear",
      description = "of the square resize")
  @Nullable String interpolation;

  @Option(
      names = "--normalize",
      paramLabel = "imagenet|inception|none",
      description =
          "of the pixels (default: the profile's, else what the weights were trained with)")
  @Nullable String normalize;

  @Option(
      names = "--features",
      paramLabel = "live|cached|cached-float16|auto",
      defaultValue = "auto",
      description =
          "where a side method's taps come from: the backbone at each step, or a cache filled once;"
              + " auto caches taps that are smaller than the image (default: ${DEFAULT-VALUE})")
  String features = "";

  @Option(
      names = "--evaluate",
      paramLabel = "test|val",
      defaultValue = "test",
      description = "split to judge on; val leaves the test split shut (default: ${DEFAULT-VALUE})")
  String evaluate = "";

  @Option(
      names = "--limit-test",
      paramLabel = "N",
      description = "judge on the first N images only, for trying out; every table says so")
  @Nullable Integer limitTest;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli makes it
  ComputeOptions compute;

  /** The request that these options make up. */
  RunRequest request(String methods, List<Long> seeds) {
    return new RunRequest(
        methods,
        tasks,
        data,
        Optional.ofNullable(backbone),
        Optional.ofNullable(weights),
        pool,
        optional(imageSize),
        seeds.stream().distinct().toList(),
        Optional.ofNullable(profile),
        optional(epochs),
        optional(warmupEpochs),
        optional(batchSize),
        lr == null ? OptionalDouble.empty() : OptionalDouble.of(lr),
        weightDecay == null ? OptionalDouble.empty() : OptionalDouble.of(weightDecay),
        Optional.ofNullable(interpolation),
        Optional.ofNullable(normalize),
        features,
        split(),
        optional(limitTest),
        compute.device());
  }

  private Split split() {
    for (Split split : Split.values()) {
      if (split.toString().equals(evaluate)) {
        return split;
      }
    }
    throw new WrongInputException("--evaluate " + evaluate + " is not known; known: test, val");
  }

  private static OptionalInt optional(@Nullable Integer value) {
    return value == null ? OptionalInt.empty() : OptionalInt.of(value);
  }
}
