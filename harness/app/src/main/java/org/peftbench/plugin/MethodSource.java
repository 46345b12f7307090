package org.peftbench.plugin;

import java.util.List;
import java.util.Map;
import org.peftbench.WrongInputException;
import org.peftbench.model.ViTConfig;

/** Where methods come from: this program's class path, or a jar in a process of its own. */
public interface MethodSource {

  /**
   * The methods.
   *
   * @throws UnusableJarException if its jar cannot be used
   */
  List<MethodDescription> describe() throws UnusableJarException;

  /**
   * Binds hyper-parameters.
   *
   * @param id of one of its methods
   * @param given hyper-parameters by name; the others have their defaults
   * @param backbone what they must fit
   * @throws WrongInputException if a hyper-parameter is unknown, not possible or does not fit
   * @throws UnusableJarException if its jar cannot be used
   */
  MethodFacts bind(String id, Map<String, String> given, ViTConfig backbone)
      throws UnusableJarException;
}
