package org.peftbench.cli;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.peftbench.WrongInputException;
import org.peftbench.image.Interpolation;
import org.peftbench.image.Normalization;
import org.peftbench.plan.RunRequest;
import picocli.CommandLine.Option;

/** The options that say which frozen backbone it is, and how images become its input. */
final class NetworkOptions {

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
          "a .safetensors or .npz file, the index of several or the folder of a snapshot, a registry"
              + " name, or random (default: the registry's)")
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
      description = "how final tokens become a representation (default: cls)")
  @Nullable String pool;

  @Option(
      names = "--frames",
      paramLabel = "T",
      description =
          "frames of each clip that the backbone sees, of tasks with clips: one of each of T equal"
              + " parts (default: 8)")
  @Nullable Integer frames;

  @Option(
      names = "--interpolation",
      paramLabel = "bicubic|bilinear",
      description = "of the square resize (default: the profile's)")
  @Nullable String interpolation;

  @Option(
      names = "--normalize",
      paramLabel = "imagenet|inception|none",
      description =
          "of the pixels (default: the profile's, else what the weights were trained with)")
  @Nullable String normalize;

  /** What is given of the network. */
  RunRequest.Network network() {
    return new RunRequest.Network(
        Optional.ofNullable(backbone),
        Optional.ofNullable(weights),
        Optional.ofNullable(pool).map(Backbones::pooling),
        Optional.ofNullable(imageSize),
        Optional.ofNullable(frames));
  }

  /** The kernel of the resize, if it is given. */
  Optional<Interpolation> interpolation() {
    return Optional.ofNullable(interpolation)
        .map(word -> Words.named("--interpolation", word, List.of(Interpolation.values())));
  }

  /**
   * How pixels are shifted and scaled.
   *
   * @throws WrongInputException if there is no such way
   */
  static Normalization normalization(String word) {
    return Words.named("--normalize", word, List.of(Normalization.values()));
  }

  /** How pixels are shifted and scaled, if it is given. */
  Optional<Normalization> normalization() {
    return Optional.ofNullable(normalize).map(NetworkOptions::normalization);
  }
}
