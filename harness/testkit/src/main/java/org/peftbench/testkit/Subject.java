package org.peftbench.testkit;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.peftbench.spi.Hyperparameters;
import org.peftbench.spi.PeftMethod;

/**
 * A method with the hyper-parameters that it is tested with.
 *
 * @param method the method
 * @param config its hyper-parameters
 * @param <C> the record of hyper-parameters
 */
public record Subject<C extends Record>(PeftMethod<C> method, C config) {

  /**
   * Reads hyper-parameters as users type them; those not given have their defaults.
   *
   * @param options such as {@code rank=4,bias=true}; empty for the defaults
   * @throws IllegalArgumentException if an option is unknown, or a value does not fit
   */
  public static <C extends Record> Subject<C> of(PeftMethod<C> method, String options) {
    Map<String, String> given =
        Arrays.stream(options.split(",", -1))
            .filter(option -> !option.isEmpty())
            .map(option -> option.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[pair.length - 1]));
    return new Subject<>(method, Hyperparameters.of(method).read(given));
  }
}
