package org.peftbench.tune;

import java.util.SplittableRandom;
import org.hipparchus.random.HaltonSequenceGenerator;

/** Places in the unit cube, by their number in a sequence. */
interface Places {

  /** Coordinates from 0 to below 1. */
  double[] at(int index);

  /** The places of a search that has a sequence. */
  static Places of(Search search, int dimensions) {
    if (search == Search.RANDOM) {
      return index -> new SplittableRandom(index).doubles(dimensions).toArray();
    }
    HaltonSequenceGenerator halton = new HaltonSequenceGenerator(dimensions);
    return halton::skipTo;
  }
}
