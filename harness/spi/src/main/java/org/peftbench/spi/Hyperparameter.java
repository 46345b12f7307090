package org.peftbench.spi;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A component of a method's record, as users see it.
 *
 * @param method the method's id
 * @param name what is typed, such as {@code zero-init}
 * @param type its Java type
 * @param option its doc, default and range
 * @param search what a study tries of it; empty if it keeps its default there
 */
public record Hyperparameter(
    String method, String name, Class<?> type, Option option, Optional<SearchRange> search) {

  static Hyperparameter of(String method, RecordComponent component) {
    Option option = component.getAnnotation(Option.class);
    if (option == null) {
      throw new IllegalArgumentException(
          method + ": hyper-parameter " + component.getName() + " lacks @Option");
    }
    String name = component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    if (name.equals(Preset.OPTION) || name.equals(Preset.TUNED)) {
      throw new IllegalArgumentException(method + ": no hyper-parameter can be called " + name);
    }
    Hyperparameter bare =
        new Hyperparameter(method, name, component.getType(), option, Optional.empty());
    return Optional.ofNullable(component.getAnnotation(Tuned.class)).map(bare::tuned).orElse(bare);
  }

  private Hyperparameter tuned(Tuned tuned) {
    try {
      List<String> choices = Arrays.stream(tuned.choices()).map(this::canonical).toList();
      SearchRange range =
          new SearchRange(
              choices,
              Double.isNaN(tuned.min()) && Double.isNaN(tuned.max())
                  ? Optional.empty()
                  : Optional.of(
                      new SearchRange.Interval(tuned.min(), tuned.max(), tuned.log(), isWhole())));
      range.interval().ifPresent(this::requireWithin);
      return new Hyperparameter(method, name, type, option, Optional.of(range));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(method + ": @Tuned of " + name + ": " + e.getMessage(), e);
    }
  }

  private void requireWithin(SearchRange.Interval tried) {
    if (!isWhole() && type != double.class) {
      throw new IllegalArgumentException("only numbers have a min and a max");
    }
    if (tried.min() < option.min() || tried.max() > option.max()) {
      throw new IllegalArgumentException(
          "from %s to %s is not within %s"
              .formatted(print(tried.min()), print(tried.max()), range()));
    }
  }

  /** Tells whether it is an integer. */
  public boolean isWhole() {
    return type == int.class || type == long.class;
  }

  /**
   * Gives the default in its canonical spelling.
   *
   * @throws IllegalArgumentException if it is not of the type and range itself
   */
  public String defaultValue() {
    return canonical(option.value());
  }

  /** Respells a value that was typed in the one way that is part of a cell's identity. */
  String canonical(String text) {
    return print(parse(text));
  }

  /** Lists the values that it can have; empty for numbers and text. */
  public List<String> values() {
    if (type == boolean.class) {
      return List.of("true", "false");
    }
    return type.isEnum()
        ? Arrays.stream(type.getEnumConstants()).map(Hyperparameter::print).toList()
        : List.of();
  }

  /** Says what a value may be: {@code an integer from 1 to 64}; {@code one of qkv, qv}. */
  public String range() {
    if (type.isEnum()) {
      return values().stream().collect(Collectors.joining(", ", "one of ", ""));
    }
    if (type == boolean.class) {
      return "true or false";
    }
    if (type == String.class) {
      return "any text";
    }
    if (type != int.class && type != long.class && type != double.class) {
      return "an option's type, not " + type.getName();
    }
    String kind = type == double.class ? "a number" : "an integer";
    boolean below = Double.isFinite(option.min());
    boolean above = Double.isFinite(option.max());
    if (below && above) {
      return kind + " from " + print(option.min()) + " to " + print(option.max());
    }
    if (below) {
      return kind + " of at least " + print(option.min());
    }
    return above ? kind + " of at most " + print(option.max()) : kind;
  }

  /**
   * Turns what was typed into the value of the record's component.
   *
   * @throws IllegalArgumentException if it is not of the type or range
   */
  Object parse(String text) {
    Object value = convert(text);
    if (value instanceof Number number) {
      double size = number.doubleValue();
      if (!(size >= option.min() && size <= option.max()) || Double.isInfinite(size)) {
        throw refuse(text);
      }
    }
    return value;
  }

  private Object convert(String text) {
    try {
      if (type == int.class) {
        return Integer.valueOf(text);
      }
      if (type == long.class) {
        return Long.valueOf(text);
      }
      if (type == double.class) {
        return Double.valueOf(text);
      }
    } catch (NumberFormatException e) {
      throw refuse(text);
    }
    if (type == String.class) {
      return text;
    }
    if (type == boolean.class && values().contains(text)) {
      return Boolean.valueOf(text);
    }
    if (type.isEnum()) {
      for (Object constant : type.getEnumConstants()) {
        if (print(constant).equals(text)) {
          return constant;
        }
      }
    }
    throw refuse(text);
  }

  private IllegalArgumentException refuse(String text) {
    return new IllegalArgumentException(
        method + ": " + name + "=" + text + " is not possible; expected " + range());
  }

  static String print(Object value) {
    if (value instanceof Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
    if (value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15) {
      return Long.toString(number.longValue());
    }
    return value.toString();
  }
}
