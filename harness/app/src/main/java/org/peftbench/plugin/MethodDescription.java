package org.peftbench.plugin;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Optional;
import org.peftbench.spi.Hyperparameter;
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

  /** Copies the lists. */
  public MethodDescription {
    reconstructions = List.copyOf(reconstructions);
    options = List.copyOf(options);
    presets = List.copyOf(presets);
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
