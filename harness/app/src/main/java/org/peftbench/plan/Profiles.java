package org.peftbench.plan;

import com.fasterxml.jackson.databind.DeserializationFeature;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.peftbench.WrongInputException;
import org.peftbench.result.Json;

/** The profiles that come with the harness. */
public final class Profiles {

  /** The profile used when none is named. */
  public static final String DEFAULT = "standard";

  /** The profile used for {@code pocket} alone when none is named. */
  public static final String POCKET = "pocket";

  private Profiles() {}

  /** All profiles. */
  public static List<Profile> all() {
    try (InputStream in =
        Objects.requireNonNull(Profile.class.getResourceAsStream("profiles.json"))) {
      return List.of(
          Json.MAPPER
              .readerFor(Profile[].class)
              .without(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
              .<Profile[]>readValue(in));
    } catch (IOException e) {
      throw new UncheckedIOException("the profiles are damaged", e);
    }
  }

  /**
   * The profile with a name.
   *
   * @throws WrongInputException if there is none
   */
  public static Profile named(String name) {
    return all().stream()
        .filter(profile -> profile.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new WrongInputException(
                    "unknown profile '"
                        + name
                        + "'; known: "
                        + all().stream().map(Profile::name).collect(Collectors.joining(", "))));
  }
}
