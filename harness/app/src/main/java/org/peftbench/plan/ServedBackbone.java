package org.peftbench.plan;

import java.nio.file.Path;
import java.util.Optional;
import org.peftbench.WrongInputException;
import org.peftbench.cell.BackboneChoice;
import org.peftbench.cell.DeviceType;
import org.peftbench.image.Interpolation;
import org.peftbench.image.Normalization;
import org.peftbench.model.Precision;
import org.peftbench.model.ViTConfig;

/**
 * A frozen backbone whose taps are read for others.
 *
 * @param choice network and weights
 * @param config its sizes
 * @param weights the weight file; empty for random weights
 * @param interpolation of the resize
 * @param normalize of the pixels
 * @param precision of its arithmetic
 */
public record ServedBackbone(
    BackboneChoice choice,
    ViTConfig config,
    Optional<String> weights,
    Interpolation interpolation,
    Normalization normalize,
    Precision precision) {

  /**
   * Finds a backbone, and checks it as a run does; what is not given is as in the standard profile.
   *
   * @param weightFolder where downloaded weights are
   * @throws WrongInputException if anything is unknown, missing, damaged or does not fit
   */
  public static ServedBackbone find(
      RunRequest.Network network,
      Optional<Interpolation> interpolation,
      Optional<Normalization> normalize,
      Optional<Precision> precision,
      DeviceType device,
      Path weightFolder) {
    Profile usual = Profiles.named(Profiles.DEFAULT);
    String name = network.backbone().orElse(Planner.DEFAULT_BACKBONE);
    ViTConfig config = Planner.config(network, name);
    WeightSource weights = WeightSource.find(network.weights(), name, config, weightFolder);
    return new ServedBackbone(
        new BackboneChoice(
            name, weights.name(), weights.sha256(), config.imageSize(), config.pooling()),
        config,
        weights.file().map(Path::toString),
        interpolation.orElse(usual.interpolation()),
        weights.normalization(normalize.or(usual::normalize)),
        Planner.possible(precision.orElse(usual.precision()), device));
  }
}
