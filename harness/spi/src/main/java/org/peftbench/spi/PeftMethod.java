package org.peftbench.spi;

import java.util.List;
import org.peftbench.model.ViTConfig;

/**
 * A parameter-efficient fine-tuning method, found with {@link java.util.ServiceLoader} under this
 * interface's name.
 *
 * <p>Implement {@link SideMethod} if the method only reads a frozen backbone, {@link
 * BackboneMethod} if it changes it. An instance holds no state: everything a run needs is passed
 * in.
 *
 * @param <C> a public record of hyper-parameters; each component carries {@link Option}
 */
public sealed interface PeftMethod<C extends Record> permits SideMethod, BackboneMethod {

  /**
   * The version of everything in this package and {@code org.peftbench.model}; it grows when a
   * method that was built before would no longer run. A jar's manifest says what it was built for:
   * {@code Bench-Spi-Version}.
   */
  int SPI_VERSION = 1;

  /** Whether users could type a text as a name: lower-case words joined by hyphens. */
  static boolean isName(String text) {
    return text.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  }

  /** The name users type: lower-case words joined by hyphens, such as {@code adapter-pfeiffer}. */
  String id();

  /** The name people read, such as {@code LoRA: low-rank adaptation}. */
  String title();

  /** One BibTeX entry. */
  String bibtex();

  /** The record of hyper-parameters. */
  Class<C> configType();

  /** The equation and the shapes, in a few lines of plain text. */
  String equation();

  /**
   * The published formula for the number of trained values, the head not counted. The harness
   * checks it against the network that is built.
   */
  long trainableParameters(C config, ViTConfig backbone);

  /**
   * Whether the first representation, before any training, is the frozen backbone's; checked
   * against the network that is built.
   */
  boolean startsAsBackbone(C config);

  /** Published hyper-parameters task by task, which users choose by name. */
  default List<Preset> presets() {
    return List.of();
  }

  /** What the paper leaves open and is therefore our reading, a sentence each. */
  default List<String> reconstructions() {
    return List.of();
  }
}
