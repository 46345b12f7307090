package org.peftbench.plugin;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.peftbench.WrongInputException;
import org.peftbench.cell.MethodChoice;
import org.peftbench.model.VisionTransformer;
import org.peftbench.spi.Hyperparameters;
import org.peftbench.spi.PeftMethod;
import org.peftbench.training.Learner;

/**
 * A method with its hyper-parameters.
 *
 * @param method the method
 * @param config its record, validated
 * @param choice the same as plain text
 * @param <C> the record of hyper-parameters
 */
public record LoadedMethod<C extends Record>(PeftMethod<C> method, C config, MethodChoice choice) {

  /**
   * Binds options to a method's record; those not given have their defaults.
   *
   * @param plugin SHA-256 of the jar that the method comes from
   * @throws WrongInputException if an option is unknown, or a value does not fit
   */
  static <C extends Record> LoadedMethod<C> bind(
      PeftMethod<C> method, Map<String, String> given, Optional<String> plugin) {
    try {
      Hyperparameters<C> hyperparameters = Hyperparameters.of(method);
      SortedMap<String, String> resolved = hyperparameters.resolve(given);
      SortedMap<String, String> different = new TreeMap<>(resolved);
      different.entrySet().removeAll(hyperparameters.resolve(Map.of()).entrySet());
      MethodChoice choice = new MethodChoice(method.id(), resolved, different, plugin);
      return new LoadedMethod<>(method, hyperparameters.read(given), choice);
    } catch (IllegalArgumentException e) {
      throw new WrongInputException(e);
    }
  }

  /**
   * Attaches the method to a backbone.
   *
   * @param classes K
   */
  public Learner attach(VisionTransformer backbone, int classes) {
    return Learner.attach(method, config, backbone, classes);
  }
}
