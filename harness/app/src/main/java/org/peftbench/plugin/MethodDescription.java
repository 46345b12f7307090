package org.peftbench.plugin;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.peftbench.spi.Hyperparameter;
import org.peftbench.spi.PeftMethod;
import org.peftbench.spi.Preset;
import org.peftbench.spi.SearchRange;

/**
 * What a method says of itself, as data: whoever reads it runs none of the method's code.
 *
 * @param id such as {@code lora}
 * @param title the name people read
 * @param side whether it reads a frozen backbone instead of changing it
 * @param equation equation and shapes
 * @param bibtex what to cite
 * @param reconstructions what the paper leaves open
 * @param options its hyper-parameters
 * @param presets published hyper-parameters task by task
 * @param origin its class, and where that is
 * @param jar the file name of the jar that it comes from; empty for a built-in method
 */
public record MethodDescription(
    String id,
    String title,
    boolean side,
    String equation,
    String bibtex,
    List<String> reconstructions,
    List<Option> options,
    List<Preset> presets,
    String origin,
    String jar) {

  private static final int MOST = 1000;
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_TEXT = 10_000;

  /** Copies the lists, and checks that a stranger's words can be shown and kept. */
  public MethodDescription {
    if (!PeftMethod.isName(id)) {
      throw new IllegalArgumentException("a method calls itself what is no id");
    }
    requireLength("id", id, LONGEST_NAME);
    requireLength("title", title, LONGEST_NAME);
    requireLength("equation", equation, LONGEST_TEXT);
    requireLength("bibtex", bibtex, LONGEST_TEXT);
    requireCount("reconstructions", reconstructions);
    reconstructions.forEach(one -> requireLength("reconstruction", one, LONGEST_TEXT));
    requireCount("options", options);
    requireCount("presets", presets);
    presets.forEach(MethodDescription::requireLengths);
    requireLength("origin", origin, LONGEST_TEXT);
    reconstructions = List.copyOf(reconstructions);
    options = List.copyOf(options);
    presets = List.copyOf(presets);
  }

  /** The same, of a jar. */
  public MethodDescription of(PluginJar its) {
    return new MethodDescription(
        id,
        title,
        side,
        equation,
        bibtex,
        reconstructions,
        options,
        presets,
        its.path(),
        its.fileName());
  }

  private static void requireLengths(Preset preset) {
    requireLength("preset", preset.name(), LONGEST_NAME);
    requireLength("source of preset " + preset.name(), preset.source(), LONGEST_TEXT);
    requireCount("tasks of preset " + preset.name(), preset.tasks().keySet());
    preset
        .tasks()
        .forEach((task, words) -> requireLength("a preset's line", task + words, LONGEST_TEXT));
  }

  private static void requireLength(String what, String text, int most) {
    if (text.length() > most) {
      throw new IllegalArgumentException(
          "its %s has %d characters; at most %d".formatted(what, text.length(), most));
    }
  }

  private static void requireCount(String what, Collection<?> some) {
    if (some.size() > MOST) {
      throw new IllegalArgumentException(
          "it has %d %s; at most %d".formatted(some.size(), what, MOST));
    }
  }

  /** Whether it comes from somebody's jar. */
  @JsonIgnore
  public boolean isPlugin() {
    return !jar.isEmpty();
  }

  /**
   * A hyper-parameter.
   *
   * @param name what is typed
   * @param usual its default
   * @param range what it may be, in words
   * @param doc what it does
   * @param whole whether it is an integer
   * @param search what a study tries of it; empty if it keeps its default there
   */
  public record Option(
      String name,
      String usual,
      String range,
      String doc,
      boolean whole,
      Optional<SearchRange> search) {

    /** Checks that its words can be shown and kept. */
    public Option {
      requireLength("option", name, LONGEST_NAME);
      requireLength("default of " + name, usual, LONGEST_NAME);
      requireLength("range of " + name, range, LONGEST_TEXT);
      requireLength("description of " + name, doc, LONGEST_TEXT);
      requireLength("search of " + name, String.valueOf(search), LONGEST_TEXT);
    }

    static Option of(Hyperparameter one) {
      return new Option(
          one.name(),
          one.defaultValue(),
          one.range(),
          one.option().doc(),
          one.isWhole(),
          one.search());
    }
  }
}
