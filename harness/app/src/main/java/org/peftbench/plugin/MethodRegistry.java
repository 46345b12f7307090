package org.peftbench.plugin;

import java.security.CodeSource;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import org.peftbench.WrongInputException;
import org.peftbench.cell.MethodChoice;
import org.peftbench.model.Tap;
import org.peftbench.model.ViTConfig;
import org.peftbench.spi.BackboneMethod;
import org.peftbench.spi.Hyperparameters;
import org.peftbench.spi.PeftMethod;
import org.peftbench.spi.SideMethod;

/** The methods of one class loader, by id. Whoever asks runs the methods' own code. */
public final class MethodRegistry implements MethodSource {

  private final SortedMap<String, PeftMethod<?>> methods = new TreeMap<>();

  private final Optional<PluginJar> plugin;

  private MethodRegistry(Optional<PluginJar> plugin) {
    this.plugin = plugin;
  }

  /** The methods that come with this program. */
  public static MethodRegistry builtIn() {
    return discover(MethodRegistry.class.getClassLoader(), Optional.empty());
  }

  /** The methods of a jar or, without one, those that come with this program. */
  public static MethodRegistry of(Optional<PluginJar> jar) {
    return jar.map(one -> discover(one.loader(), jar)).orElseGet(MethodRegistry::builtIn);
  }

  /**
   * Finds the methods on a class loader's path.
   *
   * @param plugin the jar they come from
   * @throws WrongInputException if a provider cannot be made, has a bad id, or two share one id
   */
  static MethodRegistry discover(ClassLoader loader, Optional<PluginJar> plugin) {
    MethodRegistry registry = new MethodRegistry(plugin);
    try {
      // The raw class is all that ServiceLoader can take; every provider is some PeftMethod<?>.
      for (PeftMethod<?> method : ServiceLoader.load(PeftMethod.class, loader)) {
        registry.register(method);
      }
    } catch (ServiceConfigurationError e) {
      Throwable cause = e.getCause();
      throw new WrongInputException(
          "a method cannot be loaded: " + e.getMessage() + (cause == null ? "" : ": " + cause), e);
    }
    return registry;
  }

  private void register(PeftMethod<?> method) {
    String id = method.id();
    if (!PeftMethod.isName(id)) {
      throw new WrongInputException(
          "%s calls itself '%s'; an id is lower-case words joined by hyphens, such as adapter-pfeiffer"
              .formatted(origin(method), id));
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

  /** The methods, sorted by id. */
  public Collection<PeftMethod<?>> methods() {
    return Collections.unmodifiableCollection(methods.values());
  }

  @Override
  public List<MethodDescription> describe() {
    return methods.values().stream().map(this::describe).toList();
  }

  private MethodDescription describe(PeftMethod<?> method) {
    try {
      return new MethodDescription(
          method.id(),
          method.title(),
          method instanceof SideMethod,
          method.equation(),
          method.bibtex(),
          method.reconstructions(),
          Hyperparameters.of(method).all().stream().map(MethodDescription.Option::of).toList(),
          method.presets(),
          origin(method),
          plugin.map(PluginJar::fileName).orElse(""));
    } catch (IllegalArgumentException e) {
      throw new WrongInputException(e);
    }
  }

  private Optional<String> hash() {
    return plugin.map(PluginJar::sha256);
  }

  @Override
  public MethodFacts bind(String id, Map<String, String> given, ViTConfig backbone) {
    return bind(LoadedMethod.bind(find(id), given, hash()), backbone);
  }

  private static <C extends Record> MethodFacts bind(LoadedMethod<C> bound, ViTConfig backbone) {
    PeftMethod<C> method = bound.method();
    C config = bound.config();
    try {
      boolean merges = method instanceof BackboneMethod<C> changing && changing.merges(config);
      List<Tap> taps =
          method instanceof SideMethod<C> side ? side.taps(config, backbone) : List.of();
      return new MethodFacts(
          bound.choice(),
          method.trainableParameters(config, backbone),
          taps,
          method.startsAsBackbone(config),
          merges);
    } catch (IllegalArgumentException e) {
      throw new WrongInputException(bound.choice().label() + ": " + e.getMessage(), e);
    }
  }

  /**
   * A method as it was chosen before.
   *
   * @throws WrongInputException if there is none of its id, or it has other options
   */
  public LoadedMethod<?> bind(MethodChoice choice) {
    return LoadedMethod.bind(find(choice.id()), choice.options(), hash());
  }

  private PeftMethod<?> find(String id) {
    PeftMethod<?> method = methods.get(id);
    if (method == null) {
      throw new WrongInputException(
          "unknown method '" + id + "'; available: " + String.join(", ", methods.keySet()));
    }
    return method;
  }
}
