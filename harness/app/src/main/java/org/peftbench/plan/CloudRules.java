package org.peftbench.plan;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.peftbench.WrongInputException;
import org.peftbench.weights.KnownWeight;
import org.peftbench.weights.KnownWeights;
import org.peftbench.weights.WeightFiles;
import org.peftbench.wire.CloudAccess;
import org.peftbench.wire.CloudInfo;

/** What a cloud decides of a request: where a user says otherwise, nothing starts. */
final class CloudRules {

  private CloudRules() {}

  /**
   * The request with everything that the cloud decides.
   *
   * @param weightFolder where downloaded weights are
   * @throws WrongInputException if it asks for something else
   */
  static RunRequest settled(RunRequest request, CloudAccess access, Path weightFolder) {
    CloudInfo cloud = access.info();
    RunRequest.Network network = request.network();
    RunRequest.Overrides given = request.overrides();
    require("--backbone", network.backbone(), cloud.backbone().name());
    network.weights().ifPresent(asked -> requireWeights(asked, cloud, weightFolder));
    require("--image-size", network.imageSize(), cloud.backbone().imageSize());
    require("--pool", network.pooling(), cloud.backbone().pooling());
    require("--interpolation", given.interpolation(), cloud.interpolation());
    require("--normalize", given.normalize(), cloud.normalize());
    require("--precision", given.precision(), cloud.precision());
    return new RunRequest(
        request.selection(),
        new RunRequest.Network(
            Optional.of(cloud.backbone().name()),
            network.weights(),
            Optional.of(cloud.backbone().pooling()),
            Optional.of(cloud.backbone().imageSize()),
            network.frames()),
        new RunRequest.Overrides(
            given.profile(),
            given.epochs(),
            given.warmupEpochs(),
            given.batchSize(),
            given.lr(),
            given.weightDecay(),
            Optional.of(cloud.precision()),
            Optional.of(cloud.interpolation()),
            Optional.of(cloud.normalize())),
        new RunRequest.Use(
            Optional.of(access.type().features()), Optional.empty(), request.use().bytes()),
        request.judging(),
        Optional.of(access),
        request.device());
  }

  private static <T> void require(String option, Optional<T> given, T cloud) {
    if (given.isPresent() && !given.get().equals(cloud)) {
      throw differs(option, given.get().toString(), cloud.toString());
    }
  }

  private static WrongInputException differs(String option, String given, String cloud) {
    return new WrongInputException(
        "%s %s is not the cloud's; expected %s".formatted(option, given, cloud));
  }

  /** Weights are what is in them, whatever their file is called. */
  private static void requireWeights(String given, CloudInfo cloud, Path weightFolder) {
    String expected = cloud.backbone().weightsSha256();
    Optional<String> found = sha256(given, weightFolder);
    boolean same =
        found.map(expected::equals).orElseGet(() -> given.equals(cloud.backbone().weights()));
    if (!same) {
      throw differs(
          "--weights",
          given + found.map(CloudRules::shown).orElse(""),
          cloud.backbone().weights() + shown(expected));
    }
  }

  /** Empty for a name whose hash is not known here. */
  private static Optional<String> sha256(String given, Path weightFolder) {
    if (given.equals(WeightSource.RANDOM)) {
      return Optional.of("");
    }
    if (WeightSource.looksLikeFile(given)) {
      return Optional.of(WeightFiles.sha256(WeightSource.file(given)));
    }
    KnownWeight known = KnownWeights.builtIn().find(given);
    Path file = weightFolder.resolve(known.fileName());
    return known
        .sha256()
        .or(() -> Optional.of(file).filter(Files::isRegularFile).map(WeightFiles::sha256));
  }

  private static String shown(String sha256) {
    return sha256.isEmpty() ? "" : " (SHA-256 " + sha256.substring(0, 12) + "...)";
  }
}
