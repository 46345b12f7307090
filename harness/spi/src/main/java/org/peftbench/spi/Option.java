package org.peftbench.spi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes a hyper-parameter: a component of a method's configuration record, of type {@code int},
 * {@code long}, {@code double}, {@code boolean}, {@code String} or an enum.
 */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Option {

  /** What it does, in one sentence without a full stop. */
  String doc();

  /** The default, as a user would type it. */
  String value();

  /** Smallest allowed number. */
  double min() default Double.NEGATIVE_INFINITY;

  /** Largest allowed number. */
  double max() default Double.POSITIVE_INFINITY;

  /**
   * Whether it came when there were records already, and changes nothing at its default. There it
   * is no part of a cell's identity: cells of before stay the same cells.
   */
  boolean later() default false;
}
