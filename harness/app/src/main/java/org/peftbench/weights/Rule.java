package org.peftbench.weights;

import java.util.List;

/**
 * Where a layout keeps one of timm's tensors.
 *
 * @param timm timm's name, {@code {i}} standing for the block
 * @param transform what to do with each source
 * @param letters the shape of each source, in the letters of {@link Sizes}
 * @param sources names in the file; several are joined along the first dimension
 */
record Rule(String timm, Transform transform, List<String> letters, List<String> sources) {

  static final String BLOCK = "{i}";

  Rule forBlock(String block) {
    return new Rule(
        timm.replace(BLOCK, block),
        transform,
        letters,
        sources.stream().map(source -> source.replace(BLOCK, block)).toList());
  }
}
