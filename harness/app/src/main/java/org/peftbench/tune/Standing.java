package org.peftbench.tune;

import java.util.Comparator;
import java.util.List;

/**
 * How a trial that did not fail stands with so many seeds.
 *
 * @param tried the trial
 * @param mean accuracy over seeds, and then over tasks, in percent
 * @param error the standard error of that mean, were other images judged in place of these
 */
record Standing(Tried tried, double mean, double error) {

  // Means that differ by less come of the same images in another order of adding up.
  private static final double SAME = 1e9;

  /** The best first; among equals the smaller rate, then fewer parameters, then the earlier. */
  static final Comparator<Standing> BEST_FIRST =
      Comparator.comparing((Standing one) -> -Math.rint(one.mean * SAME))
          .thenComparing(one -> one.tried.trial().lr())
          .thenComparing(one -> one.tried.trainableParameters())
          .thenComparing(one -> one.tried.trial().number());

  /** With the first seeds, of which there must be that many on each task. */
  static Standing of(Tried tried, List<String> tasks, int seeds) {
    double sum = 0;
    double squares = 0;
    for (String task : tasks) {
      List<Score> scores = tried.on(task).subList(0, seeds);
      double percent =
          100.0
              * scores.stream().mapToLong(Score::correct).sum()
              / scores.stream().mapToLong(Score::images).sum();
      sum += percent;
      // Seeds judge the same images: more of them make the images no more.
      squares += percent * (100 - percent) / scores.get(0).images();
    }
    return new Standing(tried, sum / tasks.size(), Math.sqrt(squares) / tasks.size());
  }
}
