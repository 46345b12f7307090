package org.peftbench.worker;

import ai.djl.ndarray.NDManager;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.peftbench.cell.Cell;
import org.peftbench.link.Learned;
import org.peftbench.link.Order;
import org.peftbench.model.VisionTransformer;
import org.peftbench.plugin.MethodRegistry;
import org.peftbench.result.EdgeUse;
import org.peftbench.result.Inference;
import org.peftbench.result.Outcome;
import org.peftbench.train.CosineSchedule;
import org.peftbench.train.DivergedException;
import org.peftbench.train.Judgement;
import org.peftbench.train.Trainee;
import org.peftbench.training.AdamW;
import org.peftbench.training.Learner;

/** One cell's learner on its way through a pass. */
final class Pupil {

  /** Weights, gradients and AdamW's two moments, in float32. */
  private static final int BYTES_A_VALUE = 4 * Float.BYTES;

  private final Order.Member member;
  private final Learner learner;
  private @Nullable AdamW optimizer;
  private @Nullable Trainee trainee;
  private @Nullable Outcome outcome;
  private @Nullable DivergedException diverged;

  private Pupil(Order.Member member, Learner learner) {
    this.member = member;
    this.learner = learner;
  }

  /** Attaches a cell's method to the backbone of the pass, with its first values. */
  static Pupil of(
      Order.Member member, MethodRegistry methods, VisionTransformer backbone, NDManager manager) {
    Cell cell = member.network().cell();
    Learner learner =
        methods
            .bind(cell.method())
            .attach(backbone, member.network().classes())
            .in(cell.protocol().precision());
    learner.initialize(manager, cell.seed());
    return new Pupil(member, learner);
  }

  Cell cell() {
    return member.network().cell();
  }

  Learner learner() {
    return learner;
  }

  /** The file that gets what it trained. */
  Optional<String> file() {
    return member.adapter();
  }

  /** Begins to learn, with an optimiser of its own. */
  Trainee begin(NDManager manager, CosineSchedule schedule) {
    AdamW own = new AdamW(manager, cell().protocol().weightDecay());
    optimizer = own;
    trainee = new Trainee(learner, own, schedule, cell().seed());
    return trainee;
  }

  /** Frees the optimiser. */
  void end() {
    if (trainee != null) {
      diverged = trainee.diverged().orElse(null);
    }
    if (optimizer != null) {
      optimizer.close();
      optimizer = null;
    }
  }

  /** Whether it has not diverged. */
  boolean isTrained() {
    return diverged == null;
  }

  /**
   * Lets a learner that is alone fail as a whole.
   *
   * @throws DivergedException if it has diverged
   */
  void requireTrained() {
    if (diverged != null) {
      throw diverged;
    }
  }

  /**
   * Takes what its judge says.
   *
   * @param judgement empty if a logit is not a finite number
   * @param splitImages images of the split
   */
  void judged(Optional<Judgement> judgement, int splitImages) {
    if (judgement.isEmpty()) {
      diverged = DivergedException.inJudging();
      return;
    }
    outcome =
        new Outcome(
            judgement.get().correct(),
            judgement.get().images(),
            splitImages,
            Objects.requireNonNull(trainee).training().epochLosses(),
            learner.trainableParameters(),
            learner.headParameters(),
            learner.totalParameters(),
            learner.transferBytesPerImage());
  }

  /**
   * What became of it.
   *
   * @param backboneSeconds of all learners of the pass
   * @param edge what they had of a cloud
   */
  Learned learned(Optional<Inference> inference, double backboneSeconds, Optional<EdgeUse> edge) {
    Trainee taught = Objects.requireNonNull(trainee);
    return new Learned(
        Optional.ofNullable(outcome)
            .map(found -> new Learned.Found(found, taught.training().steps(), inference)),
        Optional.ofNullable(diverged).map(Worker::message),
        backboneSeconds,
        taught.ownSeconds(),
        bytes(learner),
        edge);
  }

  /** Weights, gradients and moments of a learner in training. */
  static long bytes(Learner learner) {
    return BYTES_A_VALUE * (learner.trainableParameters() + learner.headParameters());
  }
}
