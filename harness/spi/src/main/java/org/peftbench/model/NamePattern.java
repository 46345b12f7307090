package org.peftbench.model;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A pattern over dotted names: {@code *} is one segment, {@code **} any number of them (at the end,
 * at least one).
 */
record NamePattern(Pattern regex) {

  NamePattern(String pattern) {
    this(
        Pattern.compile(
            Arrays.stream(pattern.split("\\.", -1))
                .map(NamePattern::segment)
                .collect(Collectors.joining("\\."))
                .replace("(?:.*)\\.", "(?:.*\\.)?")));
  }

  boolean matches(String name) {
    return regex.matcher(name).matches();
  }

  private static String segment(String segment) {
    if (segment.equals("**")) {
      return "(?:.*)";
    }
    return Arrays.stream(segment.split("\\*", -1))
        .map(Pattern::quote)
        .collect(Collectors.joining("[^.]*"));
  }
}
