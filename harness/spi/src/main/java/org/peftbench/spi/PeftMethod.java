package org.peftbench.spi;

import java.util.List;
import org.peftbench.model.ViTConfig;

/**
 * A parameter-efficient fine-tuning method. It implements {@link SideMethod} if it only reads a
 * frozen backbone, {@link BackboneMethod} if it changes it. {@link java.util.ServiceLoader} finds
 * it by its class name in {@code META-INF/services/org.peftbench.spi.PeftMethod}, and makes it with
 * its public constructor without parameters.
 *
 * <p>Calls come in this order. What a method says of itself, from {@link #id} to {@link
 * #reconstructions}, may be asked at any time. With hyper-parameters and the sizes of a backbone
 * come {@link #trainableParameters}, {@link #startsAsBackbone} and {@link SideMethod#taps}, before
 * there is a network. Then the method is attached, once to each network: by {@link
 * BackboneMethod#adapt}, or by {@link SideMethod#taps} and then {@link SideMethod#build}. The
 * backbone may have no values yet: its parameters have shapes, and only {@link
 * org.peftbench.model.Init} may look at what they hold. From then on the parts that were added are
 * called, not the method: they get their first values, those within a part before its own, then run
 * forward, in training and not.
 *
 * <p>The caller guarantees that the record is of {@link #configType} with every component in its
 * range, that the backbone is plain and all of it frozen, that only one thread calls at a time, and
 * that arrays made in a forward pass are freed after it. The method guarantees to hold no state:
 * what a run needs is passed in. Hyper-parameters that do not fit a backbone are refused with an
 * {@link IllegalArgumentException} by the first call that can tell; users read its message.
 *
 * <p>{@code bench plugin new} writes a project that works and is to be changed. Among the methods
 * that come with the program, LoRA is the one to read first. It is a record, a layer, and this:
 *
 * <pre>{@code
 * public long trainableParameters(LoraConfig config, ViTConfig backbone) {
 *   return 4L * backbone.depth() * config.rank() * backbone.width();
 * }
 *
 * public void adapt(LoraConfig config, VisionTransformer backbone) {
 *   backbone.wrap("blocks.*.attn.qkv", qkv -> new LoraLinear(qkv, config));
 * }
 * }</pre>
 *
 * @param <C> a public record of hyper-parameters; each component carries {@link Option}, and {@link
 *     Tuned} if studies are to search it
 */
public sealed interface PeftMethod<C extends Record> permits SideMethod, BackboneMethod {

  /**
   * The version of all that methods are written against: this package, {@code org.peftbench.model}
   * and {@code org.peftbench.layers}. It grows when a method that was built before would no longer
   * run. A jar's manifest says what it was built for: {@code Bench-Spi-Version}.
   */
  int SPI_VERSION = 1;

  /** Tells whether users could type a text as a name: lower-case words joined by hyphens. */
  static boolean isName(String text) {
    return text.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  }

  /** The name users type: lower-case words joined by hyphens, such as {@code adapter-pfeiffer}. */
  String id();

  /** The name people read, such as {@code LoRA: low-rank adaptation}. */
  String title();

  /** One BibTeX entry. */
  String bibtex();

  /** The class of the record of hyper-parameters. */
  Class<C> configType();

  /** The equation and the shapes, in a few lines of plain text. */
  String equation();

  /**
   * Counts the trained values by the published formula, the head left out. The harness compares it
   * with the network that is built.
   */
  long trainableParameters(C config, ViTConfig backbone);

  /**
   * Tells whether the first representation, before any training, is the frozen backbone's. The
   * harness compares it with the network that is built.
   */
  boolean startsAsBackbone(C config);

  /** Published hyper-parameters task by task, which users choose by name. */
  default List<Preset> presets() {
    return List.of();
  }

  /** What the method's authors leave open, or we could not read, and how it is read here. */
  default List<String> reconstructions() {
    return List.of();
  }
}
