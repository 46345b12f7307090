package org.peftbench.worker;

import java.util.List;
import java.util.Optional;
import org.peftbench.model.VisionTransformer;
import org.peftbench.result.EdgeUse;
import org.peftbench.result.Inference;
import org.peftbench.train.Batches;
import org.peftbench.train.Judgement;
import org.peftbench.training.Learner;
import org.peftbench.training.SharedTaps;

/** Where the learners of a pass have their inputs from; asked in this order. */
interface FeatureSource {

  /** Makes the backbone, with the values that are needed here. */
  VisionTransformer load();

  /**
   * Gets what training and judging need.
   *
   * @param taps of all learners
   */
  void prepare(SharedTaps taps);

  /**
   * Gives the inputs of those that see the same batches.
   *
   * @param taps whose they are
   * @param seed that they share
   */
  Batches training(SharedTaps taps, long seed);

  /** Frees what only training needed. */
  void endTraining();

  /** Judges what was trained. */
  Judged judge(List<Learner> trained);

  /** Times what was trained, in a phase of its own. */
  Optional<Inference> time(Learner alone);

  /** What was had of a cloud. */
  Optional<EdgeUse> edge();

  /**
   * What a judge says.
   *
   * @param judgements of each learner; empty if a logit is not a finite number
   * @param splitImages images of the split that was judged on
   */
  record Judged(List<Optional<Judgement>> judgements, int splitImages) {}
}
