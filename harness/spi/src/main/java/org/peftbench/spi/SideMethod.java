package org.peftbench.spi;

import java.util.List;
import org.peftbench.model.Tap;
import org.peftbench.model.ViTConfig;

/**
 * A method that reads a frozen backbone and never changes it: no gradient enters the backbone.
 *
 * @param <C> the record of hyper-parameters
 */
public non-sealed interface SideMethod<C extends Record> extends PeftMethod<C> {

  /**
   * Names the maps that leave the backbone, in the order in which the network gets them. From them
   * follow the bytes moved for each image and what can be cached.
   */
  List<Tap> taps(C config, ViTConfig backbone);

  /**
   * Builds the side network; its parameters get their values afterwards.
   *
   * @param config hyper-parameters
   * @param backbone frozen, perhaps without values; the network may keep it, to represent tokens
   *     when it runs
   * @throws IllegalArgumentException if the hyper-parameters do not fit this backbone
   */
  SideNetwork build(C config, FrozenBackbone backbone);
}
