package org.peftbench.weights;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.peftbench.WrongInputException;

/** The registry of published weights; the first for each backbone is its default. */
public final class KnownWeights {

  private final List<KnownWeight> weights;

  /** Makes a registry of these weights. */
  public KnownWeights(List<KnownWeight> weights) {
    this.weights = List.copyOf(weights);
  }

  /** The weights this program knows. */
  public static KnownWeights builtIn() {
    JsonMapper json =
        JsonMapper.builder()
            .addModule(new Jdk8Module())
            .enable(DeserializationFeature.READ_ENUMS_USING_TO_STRING)
            .build();
    try (InputStream in =
        Objects.requireNonNull(KnownWeights.class.getResourceAsStream("known-weights.json"))) {
      return new KnownWeights(json.readValue(in, new TypeReference<List<KnownWeight>>() {}));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All of them. */
  public List<KnownWeight> all() {
    return weights;
  }

  /**
   * Finds weights by name.
   *
   * @throws WrongInputException that lists the known names if there are none
   */
  public KnownWeight find(String name) {
    return weights.stream()
        .filter(weight -> weight.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new WrongInputException(
                    "unknown weights '%s'; known: %s"
                        .formatted(
                            name,
                            weights.stream()
                                .map(KnownWeight::name)
                                .collect(Collectors.joining(", ")))));
  }

  /** The usual weights of a backbone, such as {@code vit-b16}; empty if none are known. */
  public Optional<KnownWeight> defaultFor(String backbone) {
    return weights.stream().filter(weight -> weight.backbone().equals(backbone)).findFirst();
  }
}
