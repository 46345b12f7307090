package org.peftbench.plugin;

import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.peftbench.plan.MethodChoice;
import org.peftbench.plan.WrongInputException;
import org.peftbench.spi.PeftMethod;

/** All methods that can be run, by id. */
public final class MethodRegistry {

  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

  private final SortedMap<String, PeftMethod<?>> methods = new TreeMap<>();

  private MethodRegistry() {}

  /**
   * Finds the methods on a class loader's path.
   *
   * @throws WrongInputException if a provider cannot be made, has a bad id, or two share one id
   */
  public static MethodRegistry discover(ClassLoader loader) {
    MethodRegistry registry = new MethodRegistry();
    try {
      // The raw class is all that ServiceLoader can take; every provider is some PeftMethod<?>.
      for (PeftMethod<?> method : ServiceLoader.load(PeftMethod.class, loader)) {
        registry.register(method);
      }
    } catch (ServiceConfigurationError e) {
      throw new WrongInputException("a method plugin cannot be loaded: " + e.getMessage(), e);
    }
    return registry;
  }

  private void register(PeftMethod<?> method) {
    String id = method.id();
    if (!ID.matcher(id).matches()) {
      throw new WrongInputException(
          origin(method)
              + " calls itself '"
              + id
              + "'; an id is lower-case words joined by hyphens, such as adapter-pfeiffer");
    }
    PeftMethod<?> other = methods.putIfAbsent(id, method);
    if (other != null) {
      throw new WrongInputException(
          "two methods are called '" + id + "': " + origin(other) + " and " + origin(method));
    }
  }

  private static String origin(PeftMethod<?> method) {
    CodeSource source = method.getClass().getProtectionDomain().getCodeSource();
    return method.getClass().getName() + (source == null ? "" : " in " + source.getLocation());
  }

  /** The ids, sorted. */
  public Collection<String> ids() {
    return Collections.unmodifiableSet(methods.keySet());
  }

  /** The methods, sorted by id. */
  public Collection<PeftMethod<?>> methods() {
    return Collections.unmodifiableCollection(methods.values());
  }

  /**
   * The method with an id.
   *
   * @throws WrongInputException if there is none; the message lists what there is
   */
  public PeftMethod<?> find(String id) {
    PeftMethod<?> method = methods.get(id);
    if (method == null) {
      throw new WrongInputException(
          "unknown method '" + id + "'; available: " + String.join(", ", methods.keySet()));
    }
    return method;
  }

  /**
   * A method as it was chosen before.
   *
   * @throws WrongInputException if there is none of its id, or it has other options
   */
  public BoundMethod<?> bind(MethodChoice choice) {
    return BoundMethod.bind(find(choice.id()), choice.options());
  }

  /**
   * Resolves what users type after {@code --methods}.
   *
   * @param text such as {@code last,lora[rank=4,scale=2]}, or {@code all}
   * @throws WrongInputException if anything in it is unknown or malformed
   */
  public List<BoundMethod<?>> resolve(String text) {
    if (text.equals("all")) {
      return methods.values().stream()
          .<BoundMethod<?>>map(method -> BoundMethod.bind(method, Collections.emptySortedMap()))
          .toList();
    }
    List<BoundMethod<?>> bound = new ArrayList<>();
    Set<MethodChoice> choices = new HashSet<>();
    for (MethodSpec spec : MethodSpec.parseList(text)) {
      BoundMethod<?> method = BoundMethod.bind(find(spec.id()), spec.options());
      // Compared once bound: lora and lora[rank=8] are one method if 8 is the default.
      if (!choices.add(method.choice())) {
        throw new WrongInputException("'" + method.choice().label() + "' is given twice");
      }
      bound.add(method);
    }
    return bound;
  }
}
