package org.peftbench.spi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says what {@code bench tune} tries of a hyper-parameter, beside its {@link Option}: either
 * choices, or the numbers from {@link #min} to {@link #max}. What lacks it keeps its default in a
 * study.
 *
 * <p>Declare what the paper searches, and no ranks or widths: methods are compared at the number of
 * parameters that they are published with.
 */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Tuned {

  /** What is tried, as a user would type it, smallest first where it is a number. */
  String[] choices() default {};

  /** Smallest number tried; left out beside choices. */
  double min() default Double.NaN;

  /** Largest number tried; left out beside choices. */
  double max() default Double.NaN;

  /** Whether 1 to 10 gets as many trials as 10 to 100, and not a tenth of them. */
  boolean log() default false;
}
