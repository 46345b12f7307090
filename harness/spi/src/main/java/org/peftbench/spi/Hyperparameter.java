package org.peftbench.spi;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A component of a method's record, as users see it.
 *
 * @param method the method's id
 * @param name what is typed, such as {@code zero-init}
 * @param type its Java type
 * @param option its doc, default and range
 */
public record Hyperparameter(String method, String name, Class<?> type, Option option) {

  static Hyperparameter of(String method, RecordComponent component) {
    Option option = component.getAnnotation(Option.class);
    if (option == null) {
      throw new IllegalArgumentException(
          method + ": hyper-parameter " + component.getName() + " lacks @Option");
    }
    String name = component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    if (name.equals(Preset.OPTION)) {
      throw new IllegalArgumentException(method + ": no hyper-parameter can be called " + name);
    }
    return new Hyperparameter(method, name, component.getType(), option);
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

  private static String print(Object value) {
    if (value instanceof Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
    if (value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15) {
      return Long.toString(number.longValue());
    }
    return value.toString();
  }
}
