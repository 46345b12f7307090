package org.peftbench.plan;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.peftbench.WrongInputException;
import org.peftbench.cell.BackboneChoice;
import org.peftbench.image.Normalization;
import org.peftbench.model.ViTConfig;
import org.peftbench.weights.BackboneWeights;
import org.peftbench.weights.KnownWeight;
import org.peftbench.weights.KnownWeights;
import org.peftbench.weights.WeightDownload;
import org.peftbench.weights.WeightFiles;
import org.peftbench.wire.CloudInfo;

/**
 * Where a backbone's values come from.
 *
 * @param name the file's name, the registry's, {@code random}, or what says that a file's are
 * @param file the file; empty for random values, and for those that a cloud has
 * @param sha256 of the file; empty for random values
 * @param normalize what the weights were trained with, if they are known
 * @param notes what a reader of results should know of the file
 */
record WeightSource(
    String name,
    Optional<Path> file,
    String sha256,
    Optional<Normalization> normalize,
    List<String> notes) {

  static final String RANDOM = "random";

  /**
   * Finds and checks weights.
   *
   * @param given a file, a registry name, {@code random}, or empty for the backbone's default
   * @throws WrongInputException if they are not there or do not fit
   */
  static WeightSource find(
      Optional<String> given, String backbone, ViTConfig config, Path weightFolder) {
    if (given.equals(Optional.of(RANDOM))) {
      return new WeightSource(RANDOM, Optional.empty(), "", Optional.empty(), List.of());
    }
    if (given.isPresent() && looksLikeFile(given.get())) {
      Path file = file(given.get());
      return checked(file.getFileName().toString(), file, config, Optional.empty());
    }
    KnownWeight known = known(given, backbone);
    WeightDownload download = new WeightDownload(weightFolder);
    Path file = download.file(known);
    if (known.isBundled()) {
      download.fetch(known, (bytes, total) -> {});
    } else if (!Files.isRegularFile(file)) {
      throw new WrongInputException(
          "the weights "
              + known.name()
              + " are not here yet; fetch them with: bench backbone download "
              + known.name()
              + " (or give --weights FILE, or --weights random to try things out)");
    }
    return checked(known.name(), file, config, Optional.of(known.normalization()));
  }

  /** What a cloud has, and this machine need not have. */
  static WeightSource of(CloudInfo cloud) {
    return new WeightSource(
        cloud.backbone().weights(),
        Optional.empty(),
        cloud.backbone().weightsSha256(),
        Optional.of(cloud.normalize()),
        List.of());
  }

  /**
   * The file to open of a path: a file, an index or a folder.
   *
   * @throws WrongInputException if there is none
   */
  static Path file(String path) {
    try {
      return WeightFiles.find(Path.of(path));
    } catch (WrongInputException e) {
      throw new WrongInputException(
          e.getMessage() + "; bench list backbones names public weights", e);
    }
  }

  /**
   * How pixels are to be shifted and scaled.
   *
   * @param wanted what was asked for; empty for what the weights were trained with
   * @throws WrongInputException if neither is known
   */
  Normalization normalization(Optional<Normalization> wanted) {
    return wanted
        .or(this::normalize)
        .orElseThrow(
            () ->
                new WrongInputException(
                    "the normalisation that "
                        + name
                        + " was trained with is not known; give --normalize imagenet,"
                        + " inception or none"));
  }

  static boolean looksLikeFile(String text) {
    return text.contains("/")
        || text.endsWith(".safetensors")
        || text.endsWith(".npz")
        || Files.exists(Path.of(text));
  }

  private static KnownWeight known(Optional<String> given, String backbone) {
    KnownWeights registry = KnownWeights.builtIn();
    if (given.isPresent()) {
      KnownWeight known = registry.find(given.get());
      if (!known.backbone().equals(backbone)) {
        throw new WrongInputException(
            known.name() + " are weights of " + known.backbone() + ", not of " + backbone);
      }
      return known;
    }
    return registry
        .defaultFor(backbone)
        .orElseThrow(
            () ->
                new WrongInputException(
                    "no public weights are known for "
                        + backbone
                        + "; give --weights FILE, or --weights random to try things out"));
  }

  private static WeightSource checked(
      String name, Path file, ViTConfig config, Optional<Normalization> normalize) {
    String shown;
    List<String> notes;
    try (BackboneWeights weights = BackboneWeights.open(file)) {
      weights.check(config);
      notes = weights.notes();
      shown = weights.costsOnly() ? BackboneChoice.COSTS_ONLY : name;
      // Every value is looked at once before anything starts: a NaN would surface hours later.
      config.tensorShapes().keySet().forEach(tensor -> weights.read(tensor, config));
    }
    return new WeightSource(
        shown, Optional.of(file.toAbsolutePath()), WeightFiles.sha256(file), normalize, notes);
  }
}
