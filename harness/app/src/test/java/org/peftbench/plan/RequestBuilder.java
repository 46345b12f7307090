package org.peftbench.plan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.peftbench.cell.Split;
import org.peftbench.child.Devices;

/** A small request that works, to be changed in one place; an empty word leaves an option out. */
final class RequestBuilder {

  private final Path data;
  private String methods = "probe";
  private String tasks = "mine";
  private String backbone = "vit-ti16";
  private String weights = "random";
  private String pooling = "cls";
  private String profile = "standard";
  private String normalize = "inception";
  private String features = "auto";
  private String device = "cpu";
  private String interpolation = "";
  private List<Long> seeds = List.of(0L);
  private Split evaluate = Split.TEST;
  private OptionalInt imageSize = OptionalInt.empty();
  private OptionalInt epochs = OptionalInt.empty();
  private OptionalInt warmupEpochs = OptionalInt.empty();
  private OptionalInt batchSize = OptionalInt.empty();
  private OptionalInt limitTest = OptionalInt.empty();
  private OptionalDouble lr = OptionalDouble.empty();
  private OptionalDouble weightDecay = OptionalDouble.empty();

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

  RequestBuilder pooling(String value) {
    pooling = value;
    return this;
  }

  RequestBuilder profile(String value) {
    profile = value;
    return this;
  }

  RequestBuilder normalize(String value) {
    normalize = value;
    return this;
  }

  RequestBuilder features(String value) {
    features = value;
    return this;
  }

  RequestBuilder device(String value) {
    device = value;
    return this;
  }

  RequestBuilder interpolation(String value) {
    interpolation = value;
    return this;
  }

  RequestBuilder imageSize(int value) {
    imageSize = OptionalInt.of(value);
    return this;
  }

  RequestBuilder epochs(int value) {
    epochs = OptionalInt.of(value);
    return this;
  }

  RequestBuilder warmupEpochs(int value) {
    warmupEpochs = OptionalInt.of(value);
    return this;
  }

  RequestBuilder batchSize(int value) {
    batchSize = OptionalInt.of(value);
    return this;
  }

  RequestBuilder limitTest(int value) {
    limitTest = OptionalInt.of(value);
    return this;
  }

  RequestBuilder lr(double value) {
    lr = OptionalDouble.of(value);
    return this;
  }

  RequestBuilder weightDecay(double value) {
    weightDecay = OptionalDouble.of(value);
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
        methods,
        tasks,
        data,
        optional(backbone),
        optional(weights),
        pooling,
        imageSize,
        seeds,
        optional(profile),
        epochs,
        warmupEpochs,
        batchSize,
        lr,
        weightDecay,
        optional(interpolation),
        optional(normalize),
        features,
        evaluate,
        limitTest,
        Devices.resolve(device));
  }

  private static Optional<String> optional(String word) {
    return word.isEmpty() ? Optional.empty() : Optional.of(word);
  }
}
