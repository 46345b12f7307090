package org.peftbench.task;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * One line of a list: the frames of a clip, in the order of time. An image is a clip of one.
 *
 * @param frames image files, which existed when the list was read
 * @param label its class, from 0
 */
public record LabelledClip(List<Path> frames, int label) {

  /** Copies the list. */
  public LabelledClip {
    frames = List.copyOf(frames);
  }

  /**
   * One frame of each of so many equal parts, their middles: always the same.
   *
   * @param count how many; a clip may have fewer frames, which then come more than once
   */
  public List<LabelledImage> centres(int count) {
    return sampled(count, part -> 0.5);
  }

  /** One frame of each of so many equal parts, at random. */
  public List<LabelledImage> random(int count, SplittableRandom random) {
    return sampled(count, part -> random.nextDouble());
  }

  private List<LabelledImage> sampled(int count, IntToDoubleFunction withinPart) {
    return IntStream.range(0, count)
        .map(part -> (int) ((part + withinPart.applyAsDouble(part)) * frames.size() / count))
        .mapToObj(frame -> new LabelledImage(frames.get(frame), label))
        .toList();
  }
}
