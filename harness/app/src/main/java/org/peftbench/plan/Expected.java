package org.peftbench.plan;

import org.peftbench.model.Tap;
import org.peftbench.model.ViTConfig;
import org.peftbench.plugin.MethodFacts;

/**
 * What is known of a cell's result before it runs. What the cell's process says of it must agree:
 * it may be a stranger's code that speaks.
 *
 * @param trained images or clips that it is trained on
 * @param split images or clips of the split that it is judged on
 * @param trainableParameters without the head
 * @param headParameters values of the head
 * @param transferBytes that leave the backbone for an image or clip; 0 for a method that changes it
 */
public record Expected(
    int trained, int split, long trainableParameters, long headParameters, long transferBytes) {

  /**
   * What a method has on a backbone.
   *
   * @param backbone with the frames of the task's clips
   * @param classes K
   */
  static Expected of(int trained, int split, MethodFacts method, ViTConfig backbone, int classes) {
    return new Expected(
        trained,
        split,
        method.trainableParameters(),
        (backbone.width() + 1L) * classes,
        Tap.transferBytes(method.taps(), backbone) * backbone.frames());
  }
}
