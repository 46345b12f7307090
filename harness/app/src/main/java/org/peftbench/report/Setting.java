package org.peftbench.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.peftbench.cell.BackboneChoice;
import org.peftbench.cell.Cell;
import org.peftbench.cell.DeviceType;
import org.peftbench.cell.Protocol;
import org.peftbench.cell.Split;
import org.peftbench.image.Interpolation;
import org.peftbench.image.Normalization;
import org.peftbench.model.Precision;
import org.peftbench.result.CellRecord;

/**
 * What must be equal for two methods to be compared: the cell without method, task, seed and the
 * source of features, and without a learning rate and weight decay that are the method's own. The
 * data of each task must be equal too; see {@link DataVariants}.
 */
record Setting(
    BackboneChoice backbone,
    DeviceType device,
    String profile,
    int epochs,
    int warmupEpochs,
    int batchSize,
    Optional<Double> lr,
    Optional<Double> weightDecay,
    Precision precision,
    Interpolation interpolation,
    Normalization normalize,
    int frames,
    Split evaluate,
    Optional<Integer> limitTest) {

  static Setting of(Cell cell) {
    Protocol protocol = cell.protocol();
    return new Setting(
        cell.backbone(),
        cell.device(),
        protocol.profile(),
        protocol.epochs(),
        protocol.warmupEpochs(),
        protocol.batchSize(),
        protocol.ownLr() ? Optional.empty() : Optional.of(protocol.lr()),
        protocol.ownLr() ? Optional.empty() : Optional.of(protocol.weightDecay()),
        protocol.precision(),
        protocol.interpolation(),
        protocol.normalize(),
        protocol.frames(),
        protocol.evaluate(),
        protocol.limitTest());
  }

  /**
   * The setting for a caption, each part on one line.
   *
   * @param records of the setting, whose methods may have rates of their own
   */
  List<String> words(List<CellRecord> records) {
    return Stream.of(
            backbone.name(),
            weights(),
            (frames > 1 ? frames + " frames of " : "") + backbone.imageSize() + " px",
            backbone.pooling() + " pooling",
            "normalisation " + normalize,
            interpolation + " interpolation",
            epochs + " epochs (" + warmupEpochs + " warm-up)",
            "batch size " + batchSize,
            lr.map(common -> "lr " + Text.exact(common)).orElseGet(() -> OwnRates.lr(records)),
            weightDecay
                .map(common -> "weight decay " + Text.exact(common))
                .orElseGet(() -> OwnRates.weightDecay(records)),
            "precision " + precision,
            "profile " + profile,
            "device " + device,
            split())
        .map(Text::note)
        .toList();
  }

  /** As much of a hash as people compare. */
  static String prefix(String hash) {
    return hash.substring(0, Math.min(8, hash.length()));
  }

  private String weights() {
    String hash = backbone.weightsSha256();
    return (backbone.costsOnly() ? "" : "weights ")
        + backbone.weights()
        + (hash.isEmpty() ? "" : " (sha256 " + prefix(hash) + ")");
  }

  private String split() {
    String name = evaluate == Split.TEST ? "test" : "validation";
    String whole = evaluate == Split.TEST ? "test split" : "validation split (val200)";
    return limitTest.map(n -> "first " + n + " " + name + " images").orElse(whole);
  }
}
