package org.peftbench.result;

import java.util.Optional;

/**
 * Floating-point operations for one image: matrix products, attention and convolutions, two for
 * each multiplication that is added up. Empty where PyTorch's log does not tell.
 *
 * @param plain forward through the backbone alone
 * @param adapted forward through backbone, method and head
 * @param side of {@code adapted}, what a side network and its head do beside the backbone; empty
 *     for methods that change the backbone
 * @param trainStep forward and backward of a training step, with the backbone's pass where it is
 *     live
 */
public record Flops(
    Optional<Long> plain, Optional<Long> adapted, Optional<Long> side, Optional<Long> trainStep) {}
