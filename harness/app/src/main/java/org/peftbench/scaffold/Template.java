package org.peftbench.scaffold;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills texts that have places such as <code>{{id}}</code>, among this program's resources. */
final class Template {

  private static final Pattern PLACE = Pattern.compile("\\{\\{([A-Za-z0-9-]+)}}");

  private Template() {}

  /** Reads a text and fills its places with the values of their names. */
  static String fill(String name, Map<String, String> values) {
    return PLACE
        .matcher(read(name))
        .replaceAll(
            place ->
                Matcher.quoteReplacement(
                    Objects.requireNonNull(values.get(place.group(1)), place.group())));
  }

  private static String read(String name) {
    try (InputStream in = Objects.requireNonNull(Template.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
