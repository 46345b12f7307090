package org.peftbench.plan;

import java.nio.file.Path;
import java.util.ArrayList;
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

/** A small request that works, to be changed in one place; an empty word leaves an option out. */
final class RequestBuilder {

  private final Path data;
  private String methods = "probe";
  private String tasks = "mine";
  private String backbone = "vit-ti16";
  private String weights = "random";
  private Optional<ViTConfig.Pooling> pooling = Optional.empty();
  private String profile = "standard";
  private Optional<Normalization> normalize = Optional.of(Normalization.INCEPTION);
  private Optional<Features> features = Optional.empty();
  private Optional<BackboneMemory> memory = Optional.empty();
  private Optional<Integer> frames = Optional.empty();
  private OptionalLong bytes = OptionalLong.empty();
  private Optional<Interpolation> interpolation = Optional.empty();
  private List<Long> seeds = List.of(0L);
  private Split evaluate = Split.TEST;
  private Optional<Integer> imageSize = Optional.empty();
  private Optional<Integer> epochs = Optional.empty();
  private Optional<Integer> warmupEpochs = Optional.empty();
  private Optional<Integer> batchSize = Optional.empty();
  private Optional<Integer> limitTest = Optional.empty();
  private Optional<Double> lr = Optional.empty();
  private Optional<Double> weightDecay = Optional.empty();
  private Optional<Precision> precision = Optional.empty();

  RequestBuilder(Path data) {
    this.data = data;
  }

  RequestBuilder methods(String value) {
    methods = value;
    return this;
  }

  RequestBuilder tasks(String value) {
    tasks = value;
    return this;
  }

  RequestBuilder backbone(String value) {
    backbone = value;
    return this;
  }

  RequestBuilder weights(String value) {
    weights = value;
    return this;
  }

  RequestBuilder pooling(ViTConfig.Pooling value) {
    pooling = Optional.of(value);
    return this;
  }

  RequestBuilder profile(String value) {
    profile = value;
    return this;
  }

  RequestBuilder normalizeAsUsual() {
    normalize = Optional.empty();
    return this;
  }

  RequestBuilder normalize(Normalization value) {
    normalize = Optional.of(value);
    return this;
  }

  RequestBuilder frames(int value) {
    frames = Optional.of(value);
    return this;
  }

  RequestBuilder memory(BackboneMemory value) {
    memory = Optional.of(value);
    return this;
  }

  RequestBuilder bytes(long value) {
    bytes = OptionalLong.of(value);
    return this;
  }

  RequestBuilder features(Features value) {
    features = Optional.of(value);
    return this;
  }

  RequestBuilder interpolation(Interpolation value) {
    interpolation = Optional.of(value);
    return this;
  }

  RequestBuilder imageSize(int value) {
    imageSize = Optional.of(value);
    return this;
  }

  RequestBuilder epochs(int value) {
    epochs = Optional.of(value);
    return this;
  }

  RequestBuilder warmupEpochs(int value) {
    warmupEpochs = Optional.of(value);
    return this;
  }

  RequestBuilder batchSize(int value) {
    batchSize = Optional.of(value);
    return this;
  }

  RequestBuilder limitTest(int value) {
    limitTest = Optional.of(value);
    return this;
  }

  RequestBuilder lr(double value) {
    lr = Optional.of(value);
    return this;
  }

  RequestBuilder weightDecay(double value) {
    weightDecay = Optional.of(value);
    return this;
  }

  RequestBuilder precision(Precision value) {
    precision = Optional.of(value);
    return this;
  }

  RequestBuilder evaluate(Split value) {
    evaluate = value;
    return this;
  }

  RequestBuilder seeds(long... values) {
    seeds = new ArrayList<>();
    for (long value : values) {
      seeds.add(value);
    }
    return this;
  }

  RunRequest build() {
    return new RunRequest(
        new RunRequest.Selection(methods, tasks, data, seeds),
        new RunRequest.Network(optional(backbone), optional(weights), pooling, imageSize, frames),
        new RunRequest.Overrides(
            optional(profile),
            epochs,
            warmupEpochs,
            batchSize,
            lr,
            weightDecay,
            precision,
            interpolation,
            normalize),
        new RunRequest.Use(features, memory, bytes),
        new RunRequest.Judging(evaluate, limitTest),
        DeviceType.CPU);
  }

  private static Optional<String> optional(String word) {
    return word.isEmpty() ? Optional.empty() : Optional.of(word);
  }
}
