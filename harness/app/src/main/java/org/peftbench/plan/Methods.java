package org.peftbench.plan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.peftbench.WrongInputException;
import org.peftbench.cell.MethodChoice;
import org.peftbench.child.PluginProbe;
import org.peftbench.model.ViTConfig;
import org.peftbench.plugin.MethodDescription;
import org.peftbench.plugin.MethodFacts;
import org.peftbench.plugin.MethodRegistry;
import org.peftbench.plugin.MethodSource;
import org.peftbench.plugin.PluginJar;
import org.peftbench.plugin.TypedMethod;
import org.peftbench.plugin.UnusableJarException;
import org.peftbench.spi.Preset;

/**
 * All methods that can be run: those that come with this program, and those of the jars of a
 * folder, whose code runs in child processes alone. Opened on first use.
 */
public final class Methods implements AutoCloseable {

  /** Jars that a message names. */
  private static final int MOST_NAMED = 5;

  private record Entry(MethodDescription description, MethodSource source) {}

  private final Supplier<Optional<Path>> folder;
  private final SortedMap<String, Entry> entries = new TreeMap<>();
  private final List<String> troubles = new ArrayList<>();
  private final Map<Path, String> unusable = new LinkedHashMap<>();
  private final List<PluginProbe> probes = new ArrayList<>();
  private final SortedMap<String, String> ambiguous = new TreeMap<>();
  private boolean opened;

  /** The methods that come with this program, and those of a folder of jars. */
  public Methods(Supplier<Optional<Path>> folder) {
    this.folder = folder;
  }

  private void open() {
    if (opened) {
      return;
    }
    opened = true;
    MethodRegistry builtIn = MethodRegistry.builtIn();
    builtIn.describe().forEach(method -> register(new Entry(method, builtIn)));
    for (Path jar : folder.get().map(PluginJar::in).orElse(List.of())) {
      try {
        PluginProbe probe = new PluginProbe(PluginJar.read(jar));
        probes.add(probe);
        probe.describe().forEach(method -> register(new Entry(method, probe)));
      } catch (UnusableJarException e) {
        String why = String.valueOf(e.getMessage());
        unusable.put(jar, why);
        troubles.add(why);
      }
    }
  }

  /** The first of an id stays, and is only in the way of who asks for that id. */
  private void register(Entry entry) {
    String id = entry.description.id();
    Entry other = entries.putIfAbsent(id, entry);
    if (other != null) {
      String two =
          "two methods are called '%s': %s and %s"
              .formatted(id, other.description.origin(), entry.description.origin());
      ambiguous.putIfAbsent(id, two);
      troubles.add(two);
    }
  }

  /** Which of two methods is meant is not for this program to guess. */
  private @Nullable Entry entry(String id) {
    String two = ambiguous.get(id);
    if (two != null) {
      throw new WrongInputException(two + "; take one jar out of the folder");
    }
    return entries.get(id);
  }

  /** What the methods say of themselves, sorted by id. */
  public Collection<MethodDescription> descriptions() {
    open();
    return entries.values().stream().map(Entry::description).toList();
  }

  /**
   * What a method says of itself.
   *
   * @throws WrongInputException if there is none of that id
   */
  public MethodDescription describe(String id) {
    open();
    Entry entry = entry(id);
    if (entry == null) {
      throw unknown(id);
    }
    return entry.description;
  }

  /** What is wrong with jars that cannot be used, a line each. */
  public List<String> troubles() {
    open();
    return Collections.unmodifiableList(troubles);
  }

  /**
   * Resolves what users type after {@code --methods}, outside of any task.
   *
   * @param text such as {@code last,lora[rank=4,scale=2]}, or {@code all}
   * @param backbone what they must fit
   * @throws WrongInputException if anything in it is unknown, malformed or cannot be used
   */
  public List<MethodFacts> resolve(String text, ViTConfig backbone) {
    return candidates(asked(text), backbone, Optional.empty()).stream()
        .map(Candidate::required)
        .toList();
  }

  /**
   * Binds hyper-parameters of a method, outside of any task.
   *
   * @throws WrongInputException if one is unknown or does not fit, or its jar cannot be used
   */
  public MethodFacts bind(TypedMethod typed, ViTConfig backbone) {
    open();
    return candidate(typed, backbone, Optional.empty()).required();
  }

  /**
   * Reads what users type after {@code --methods}.
   *
   * @param text such as {@code last,lora[rank=4,scale=2]}, or {@code all}
   * @throws WrongInputException if it is malformed
   */
  public List<Asked> asked(String text) {
    open();
    List<TypedMethod> typed =
        text.equals("all")
            ? entries.keySet().stream().map(id -> new TypedMethod(id, Map.of())).toList()
            : TypedMethod.parseList(text);
    return typed.stream().map(Asked::as).toList();
  }

  /**
   * Resolves methods that are asked for; one whose jar cannot be used is a candidate with a
   * trouble.
   *
   * @param task whose published or tuned settings are meant
   * @throws WrongInputException if anything in it is unknown
   */
  List<Candidate> candidates(List<Asked> asked, ViTConfig backbone, Optional<String> task) {
    open();
    List<Candidate> candidates = new ArrayList<>();
    Set<Object> cells = new HashSet<>();
    for (Asked one : asked) {
      Candidate candidate = candidate(one.method(), backbone, task).with(one.rate());
      // Compared once bound: lora and lora[rank=8] are one method if 8 is the default.
      if (!cells.add(candidate.identity())) {
        throw new WrongInputException("'" + candidate.choice().label() + "' is given twice");
      }
      candidates.add(candidate);
    }
    return candidates;
  }

  private Candidate candidate(TypedMethod spec, ViTConfig backbone, Optional<String> task) {
    Entry entry = entry(spec.id());
    try {
      if (entry == null) {
        throw absent(spec.id());
      }
      return spec.options().containsKey(Preset.TUNED)
          ? TunedMethods.bind(entry.source, spec, backbone, task)
          : Candidate.of(bind(entry, spec.options(), backbone, task));
    } catch (UnusableJarException e) {
      SortedMap<String, String> typed = new TreeMap<>(spec.options());
      MethodChoice choice = new MethodChoice(spec.id(), typed, typed, hash(entry));
      return Candidate.unusable(choice, Optional.ofNullable(e.getMessage()));
    }
  }

  private static Optional<String> hash(@Nullable Entry entry) {
    return entry != null && entry.source instanceof PluginProbe probe
        ? Optional.of(probe.jar().sha256())
        : Optional.empty();
  }

  /** A method may be missing because nobody knows it, or because its jar could not be read. */
  private UnusableJarException absent(String id) {
    if (unusable.isEmpty()) {
      throw unknown(id);
    }
    if (unusable.size() == 1) {
      return new UnusableJarException(unusable.values().iterator().next());
    }
    String names =
        unusable.keySet().stream()
            .limit(MOST_NAMED)
            .map(jar -> String.valueOf(jar.getFileName()))
            .collect(Collectors.joining(", "));
    return new UnusableJarException(
        "no jar that can be used has a method '%s'; %s cannot be: see bench list methods"
            .formatted(id, unusable.size() > MOST_NAMED ? names + ", ..." : names));
  }

  private WrongInputException unknown(String id) {
    return new WrongInputException(
        "unknown method '" + id + "'; available: " + String.join(", ", entries.keySet()));
  }

  private static MethodFacts bind(
      Entry entry, Map<String, String> typed, ViTConfig backbone, Optional<String> task)
      throws UnusableJarException {
    String id = entry.description.id();
    String name = typed.get(Preset.OPTION);
    if (name == null) {
      return entry.source.bind(id, typed, backbone);
    }
    Map<String, String> given = new TreeMap<>(published(entry.description, name, task));
    given.putAll(typed);
    given.remove(Preset.OPTION);
    MethodFacts facts = entry.source.bind(id, given, backbone);
    MethodChoice bound = facts.choice();
    return facts.as(new MethodChoice(id, bound.options(), new TreeMap<>(typed), bound.plugin()));
  }

  private static Map<String, String> published(
      MethodDescription method, String name, Optional<String> task) {
    Preset preset =
        method.presets().stream()
            .filter(one -> one.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new WrongInputException(unknown(method, name)));
    String where =
        task.orElseThrow(
            () ->
                new WrongInputException(
                    "%s[preset=%s] differs from task to task: give the options themselves"
                        .formatted(method.id(), name)));
    Map<String, String> options = preset.tasks().get(where);
    if (options == null) {
      throw new WrongInputException(
          "%s[preset=%s] has nothing for %s; it is for %s"
              .formatted(method.id(), name, where, String.join(", ", preset.tasks().keySet())));
    }
    return options;
  }

  private static String unknown(MethodDescription method, String name) {
    List<Preset> presets = method.presets();
    return "%s has no preset '%s'; it has %s"
        .formatted(
            method.id(),
            name,
            presets.isEmpty()
                ? "none"
                : presets.stream().map(Preset::name).collect(Collectors.joining(", ")));
  }

  /**
   * Checks that a method that was chosen before is here, with the options that it had.
   *
   * @throws WrongInputException if not
   */
  void require(MethodChoice choice, ViTConfig backbone) {
    open();
    Entry entry = entries.get(choice.id());
    if (entry == null || !hash(entry).equals(choice.plugin())) {
      throw new WrongInputException(
          choice
              .plugin()
              .map(
                  hash ->
                      ("the method '%s' is that of a jar with the SHA-256 %s; give its folder"
                              + " with --plugins")
                          .formatted(choice.id(), hash))
              .orElse("the method '" + choice.id() + "' does not come with this program"));
    }
    try {
      entry.source.bind(choice.id(), choice.options(), backbone);
    } catch (UnusableJarException e) {
      throw new WrongInputException(e);
    }
  }

  /** The jar that a method comes from; empty for a built-in one. */
  public Optional<PluginJar> jar(MethodChoice choice) {
    return choice
        .plugin()
        .flatMap(
            hash ->
                probes.stream()
                    .map(PluginProbe::jar)
                    .filter(jar -> jar.sha256().equals(hash))
                    .findFirst());
  }

  /** Ends the children: nothing of a jar runs beside what is measured. */
  @Override
  public void close() {
    probes.forEach(PluginProbe::close);
  }
}
