package org.peftbench.plugin;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.peftbench.plan.MethodChoice;
import org.peftbench.plan.WrongInputException;
import org.peftbench.spi.Option;
import org.peftbench.spi.PeftMethod;

/**
 * One hyper-parameter of a method, as users see it.
 *
 * @param method the method's id
 * @param name what is typed, such as {@code zero-init}
 * @param type its Java type
 * @param annotation doc, default and range
 */
record MethodOption(String method, String name, Class<?> type, Option annotation) {

  /**
   * The hyper-parameters of a method, in the order of its record.
   *
   * @throws WrongInputException if the method's record is not annotated
   */
  static List<MethodOption> of(PeftMethod<?> method) {
    return Arrays.stream(method.configType().getRecordComponents())
        .map(component -> of(method.id(), component))
        .toList();
  }

  private static MethodOption of(String method, RecordComponent component) {
    Option annotation = component.getAnnotation(Option.class);
    if (annotation == null) {
      throw new WrongInputException(
          "method '" + method + "': hyper-parameter " + component.getName() + " lacks @Option");
    }
    String name = kebab(component.getName());
    if (name.equals(MethodChoice.PRESET)) {
      throw new WrongInputException("method '" + method + "': no hyper-parameter can be a preset");
    }
    return new MethodOption(method, name, component.getType(), annotation);
  }

  MethodDescription.Option describe() {
    String usual = print(parse(annotation.value()));
    return new MethodDescription.Option(name, usual, range(), annotation.doc());
  }

  /** What a value may be: {@code an integer from 1 to 64}; {@code one of qkv, qv}. */
  private String range() {
    if (type.isEnum()) {
      return "one of "
          + Arrays.stream(type.getEnumConstants())
              .map(MethodOption::print)
              .collect(Collectors.joining(", "));
    }
    if (type == boolean.class) {
      return "true or false";
    }
    if (type == String.class) {
      return "any text";
    }
    String kind = type == double.class ? "a number" : "an integer";
    boolean below = Double.isFinite(annotation.min());
    boolean above = Double.isFinite(annotation.max());
    if (below && above) {
      return kind + " from " + print(annotation.min()) + " to " + print(annotation.max());
    }
    if (below) {
      return kind + " of at least " + print(annotation.min());
    }
    return above ? kind + " of at most " + print(annotation.max()) : kind;
  }

  /**
   * A typed value as the record's component.
   *
   * @throws WrongInputException if it is not of the option's type or range
   */
  Object parse(String text) {
    Object value = convert(text);
    if (value instanceof Number number) {
      double size = number.doubleValue();
      if (!(size >= annotation.min() && size <= annotation.max()) || Double.isInfinite(size)) {
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
    if (type == boolean.class && (text.equals("true") || text.equals("false"))) {
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

  private WrongInputException refuse(String text) {
    return new WrongInputException(
        method + ": " + name + "=" + text + " is not possible; expected " + range());
  }

  /** A value in its one canonical spelling, which is part of a cell's identity. */
  static String print(Object value) {
    if (value instanceof Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
    if (value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15) {
      return Long.toString(number.longValue());
    }
    return value.toString();
  }

  private static String kebab(String camel) {
    return camel.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
