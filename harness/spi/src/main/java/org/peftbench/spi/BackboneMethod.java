package org.peftbench.spi;

import org.peftbench.model.VisionTransformer;

/**
 * A method that wraps or unfreezes parts of the backbone, so that gradients pass through it.
 *
 * @param <C> the record of hyper-parameters
 */
public non-sealed interface BackboneMethod<C extends Record> extends PeftMethod<C> {

  /**
   * Adapts a backbone in place.
   *
   * @param config hyper-parameters
   * @param backbone frozen, usually with its pre-trained values; parameters of parts that are added
   *     are trained, and get their values afterwards
   * @throws IllegalArgumentException if the hyper-parameters do not fit this backbone
   */
  void adapt(C config, VisionTransformer backbone);

  /**
   * Tells whether {@link org.peftbench.model.Part#merge} leaves a plain backbone that computes the
   * same. The harness compares it with what is built.
   */
  default boolean merges(C config) {
    return false;
  }
}
