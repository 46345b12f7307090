package org.peftbench.video;

import java.util.OptionalDouble;

/**
 * What a video's file says of it.
 *
 * @param codec such as {@code h264}
 * @param width in pixels, upright
 * @param height in pixels, upright
 * @param seconds how long it is
 * @param framesPerSecond on average
 */
public record VideoFacts(
    String codec, int width, int height, OptionalDouble seconds, OptionalDouble framesPerSecond) {}
