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
   * The maps that leave the backbone. From them follow the bytes moved for each image and what can
   * be cached.
   */
  List<Tap> taps(C config, ViTConfig backbone);

  /** Builds the side network; its parameters get their values afterwards. */
  SideNetwork build(C config, FrozenBackbone backbone);
}
