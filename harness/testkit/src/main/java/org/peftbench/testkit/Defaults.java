package org.peftbench.testkit;

import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.peftbench.spi.Option;

/** Reads a method's default hyper-parameters from its record, as a run would. */
final class Defaults {

  private Defaults() {}

  /**
   * The record with every component at the value of its {@link Option}.
   *
   * @throws AssertionError if a component has none, or one that is not of its type and range
   */
  static <C extends Record> C of(Class<C> type) {
    return of(type, Map.of());
  }

  /**
   * The record with the values that are given, and the defaults for the others.
   *
   * @param given by name as users type it, such as {@code zero-init}
   * @throws AssertionError as {@link #of(Class)}, or if there is no such component
   */
  static <C extends Record> C of(Class<C> type, Map<String, String> given) {
    require(Modifier.isPublic(type.getModifiers()), type.getName() + " is not public");
    RecordComponent[] components = type.getRecordComponents();
    Map<String, String> left = new TreeMap<>(given);
    Object[] values =
        Arrays.stream(components)
            .map(component -> value(component, left.remove(kebab(component.getName()))))
            .toArray();
    require(left.isEmpty(), type.getName() + " has no " + left.keySet());
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      return type.getConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw refused(type, values, e);
    }
  }

  /**
   * The defaults, and for each option whose values can be listed the record with each other value;
   * without those that the record refuses.
   *
   * @return by name: {@code defaults}, {@code bias=true}
   */
  static <C extends Record> Map<String, C> variants(Class<C> type) {
    Map<String, C> variants = new LinkedHashMap<>();
    variants.put("defaults", of(type));
    for (RecordComponent component : type.getRecordComponents()) {
      String name = kebab(component.getName());
      String usual = component.getAnnotation(Option.class).value();
      for (String other : listed(component.getType())) {
        if (!other.equals(usual)) {
          possible(type, Map.of(name, other))
              .ifPresent(config -> variants.put(name + "=" + other, config));
        }
      }
    }
    return variants;
  }

  /**
   * Empty if the record refuses: some values exclude each other, which is a method's good right.
   */
  private static <C extends Record> Optional<C> possible(Class<C> type, Map<String, String> given) {
    try {
      return Optional.of(of(type, given));
    } catch (AssertionError e) {
      return Optional.empty();
    }
  }

  private static List<String> listed(Class<?> type) {
    if (type == boolean.class) {
      return List.of("true", "false");
    }
    return type.isEnum()
        ? Arrays.stream(type.getEnumConstants()).map(one -> spelling((Enum<?>) one)).toList()
        : List.of();
  }

  private static AssertionError refused(Class<?> type, Object[] values, Exception why) {
    return new AssertionError(
        type.getName() + " cannot be made of " + List.of(values) + ": " + why.getCause(), why);
  }

  private static Object value(RecordComponent component, @Nullable String given) {
    Option option = component.getAnnotation(Option.class);
    String name = component.getDeclaringRecord().getSimpleName() + "." + component.getName();
    if (option == null) {
      throw new AssertionError(name + " lacks @Option");
    }
    require(!option.doc().isBlank() && !option.doc().endsWith("."), name + " has no proper doc");
    String text = given == null ? option.value() : given;
    Object value;
    try {
      value = parse(component.getType(), text);
    } catch (NumberFormatException e) {
      throw new AssertionError(name + ": '" + text + "' is no number", e);
    }
    if (value == null) {
      throw new AssertionError(
          name + ": '" + text + "' is no value of " + component.getType().getName());
    }
    if (value instanceof Number number) {
      double size = number.doubleValue();
      require(
          size >= option.min() && size <= option.max() && !Double.isInfinite(size),
          name + ": " + size + " is outside " + option.min() + " to " + option.max());
    }
    return value;
  }

  private static @Nullable Object parse(Class<?> type, String text) {
    if (type == int.class) {
      return Integer.valueOf(text);
    }
    if (type == long.class) {
      return Long.valueOf(text);
    }
    if (type == double.class) {
      return Double.valueOf(text);
    }
    if (type == boolean.class) {
      return text.equals("true") ? Boolean.TRUE : text.equals("false") ? Boolean.FALSE : null;
    }
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .filter(constant -> spelling((Enum<?>) constant).equals(text))
          .findFirst()
          .orElse(null);
    }
    return type == String.class ? text : null;
  }

  private static String kebab(String camel) {
    return camel.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  private static String spelling(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new AssertionError(otherwise);
    }
  }
}
