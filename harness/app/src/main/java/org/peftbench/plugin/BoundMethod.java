package org.peftbench.plugin;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.peftbench.plan.MethodChoice;
import org.peftbench.plan.WrongInputException;
import org.peftbench.spi.PeftMethod;

/**
 * A method with its hyper-parameters.
 *
 * @param method the method
 * @param config its record, validated
 * @param choice the same as plain text
 * @param <C> the record of hyper-parameters
 */
public record BoundMethod<C extends Record>(PeftMethod<C> method, C config, MethodChoice choice) {

  /**
   * Binds options to a method's record; those not given have their defaults.
   *
   * @param plugin SHA-256 of the jar that the method comes from
   * @throws WrongInputException if an option is unknown, or a value does not fit
   */
  static <C extends Record> BoundMethod<C> bind(
      PeftMethod<C> method, Map<String, String> given, Optional<String> plugin) {
    List<MethodOption> options = MethodOption.of(method);
    for (String name : given.keySet()) {
      if (options.stream().noneMatch(option -> option.name().equals(name))) {
        throw new WrongInputException(
            method.id() + " has no option '" + name + "'; " + known(options));
      }
    }
    Object[] values = new Object[options.size()];
    TreeMap<String, String> resolved = new TreeMap<>();
    TreeMap<String, String> different = new TreeMap<>();
    for (int i = 0; i < values.length; i++) {
      MethodOption option = options.get(i);
      Object usual = option.parse(option.annotation().value());
      String text = given.get(option.name());
      values[i] = text == null ? usual : option.parse(text);
      String printed = MethodOption.print(values[i]);
      resolved.put(option.name(), printed);
      if (!values[i].equals(usual)) {
        different.put(option.name(), printed);
      }
    }
    C config = construct(method, values);
    MethodChoice choice = new MethodChoice(method.id(), resolved, different, plugin);
    return new BoundMethod<>(method, config, choice);
  }

  private static String known(List<MethodOption> options) {
    return options.isEmpty()
        ? "it has none"
        : "it has " + options.stream().map(MethodOption::name).collect(Collectors.joining(", "));
  }

  private static <C extends Record> C construct(PeftMethod<C> method, Object[] values) {
    Class<C> type = method.configType();
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<C> constructor = type.getDeclaredConstructor(types);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new WrongInputException(method.id() + ": " + e.getTargetException().getMessage(), e);
    } catch (ReflectiveOperationException e) {
      throw new WrongInputException(
          method.id() + ": its record " + type.getName() + " cannot be made: " + e.getMessage(), e);
    }
  }
}
