package org.peftbench.link;

import java.util.Optional;
import org.peftbench.cell.MethodChoice;
import org.peftbench.plugin.PluginJar;

/**
 * Training steps to time on random images, without data or weights.
 *
 * @param method the method and its hyper-parameters
 * @param backbone such as {@code vit-b16}
 * @param imageSize side of the images, in pixels
 * @param batchSize images a step
 * @param steps counted steps, after warm-up
 * @param warmup steps that are not counted
 * @param forward whether to run the adapted model without gradients instead of training it
 * @param jar the jar that the method comes from; empty for a built-in one
 * @param device {@code cpu} or {@code cuda:0}
 */
public record StepOrder(
    MethodChoice method,
    String backbone,
    int imageSize,
    int batchSize,
    int steps,
    int warmup,
    boolean forward,
    Optional<PluginJar> jar,
    String device) {}
