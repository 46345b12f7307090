package org.peftbench.spi;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The hyper-parameters of a method: turns what users type into the method's record.
 *
 * @param <C> the record
 */
public final class Hyperparameters<C extends Record> {

  private final String method;
  private final Class<C> type;
  private final List<Hyperparameter> all;

  private Hyperparameters(String method, Class<C> type, List<Hyperparameter> all) {
    this.method = method;
    this.type = type;
    this.all = all;
  }

  /**
   * Reads the hyper-parameters that a method's record declares.
   *
   * @throws IllegalArgumentException if the record is not public, or a component lacks {@link
   *     Option}
   */
  public static <C extends Record> Hyperparameters<C> of(PeftMethod<C> method) {
    return of(method.id(), method.configType());
  }

  static <C extends Record> Hyperparameters<C> of(String method, Class<C> type) {
    if (!Modifier.isPublic(type.getModifiers())) {
      throw new IllegalArgumentException(
          method + ": its record " + type.getName() + " is not public");
    }
    List<Hyperparameter> all =
        Arrays.stream(type.getRecordComponents())
            .map(component -> Hyperparameter.of(method, component))
            .toList();
    return new Hyperparameters<>(method, type, all);
  }

  /** Lists the hyper-parameters in the order of the record. */
  public List<Hyperparameter> all() {
    return all;
  }

  /**
   * Completes what is given with the defaults of all others: the values that a cell runs with, by
   * name and in their canonical spelling. Those of options that came {@link Option#later} are left
   * out at their defaults.
   *
   * @param given by name, as users type them
   * @throws IllegalArgumentException if there is none of a name, or a value does not fit
   */
  public SortedMap<String, String> resolve(Map<String, String> given) {
    requireKnown(given);
    SortedMap<String, String> resolved = new TreeMap<>();
    for (Hyperparameter one : all) {
      String value = one.canonical(text(one, given));
      if (!one.option().later() || !value.equals(one.defaultValue())) {
        resolved.put(one.name(), value);
      }
    }
    return resolved;
  }

  /**
   * Makes the record of the values that are given and the defaults of all others.
   *
   * @param given by name, as users type them
   * @throws IllegalArgumentException as {@link #resolve} does, or if the record refuses
   */
  public C read(Map<String, String> given) {
    requireKnown(given);
    Object[] values = all.stream().map(one -> one.parse(text(one, given))).toArray();
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      return type.getDeclaredConstructor(types).newInstance(values);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(method + ": " + e.getTargetException().getMessage(), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          method + ": its record " + type.getName() + " cannot be made: " + e.getMessage(), e);
    }
  }

  private static String text(Hyperparameter one, Map<String, String> given) {
    return given.getOrDefault(one.name(), one.option().value());
  }

  private void requireKnown(Map<String, String> given) {
    List<String> names = all.stream().map(Hyperparameter::name).toList();
    for (String name : given.keySet()) {
      if (!names.contains(name)) {
        String known = names.isEmpty() ? "it has none" : "it has " + String.join(", ", names);
        throw new IllegalArgumentException(method + " has no option '" + name + "'; " + known);
      }
    }
  }
}
