package org.peftbench.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.plugin.ProbeMethod;
import org.peftbench.spi.FrozenBackbone;
import org.peftbench.spi.SideNetwork;
import org.peftbench.training.AdamW;
import org.peftbench.training.Learner;
import org.peftbench.training.SharedTaps;

/** Learners that train side by side learn what each does alone. */
class CohortTest {

  private static final ViTConfig CONFIG =
      new ViTConfig(16, 8, 3, 4, 2, 1, 8, 1e-6, ViTConfig.Pooling.CLS);
  private static final int IMAGES = 10;
  private static final int BATCH = 4;
  private static final int EPOCHS = 2;
  private static final int STEPS = 6;
  private static final double NEVER_ENDS_WELL = 1e38;

  /** Half of what it reads is dropped. */
  private static final class Dropping extends ProbeMethod {
    @Override
    public SideNetwork build(None config, FrozenBackbone backbone) {
      return new SideNetwork() {
        @Override
        public NDArray forward(NDList taps, boolean training) {
          return dropout(taps.singletonOrThrow(), 0.5, training);
        }
      };
    }
  }

  private record Pupil(long seed, double lr) {}

  @Test
  void eachDrawsItsDropoutAsItDoesAlone() {
    List<Pupil> pupils = List.of(new Pupil(0, 0.01), new Pupil(0, 0.1), new Pupil(1, 0.01));
    List<List<Double>> together = losses(pupils);
    for (int i = 0; i < pupils.size(); i++) {
      assertEquals(losses(List.of(pupils.get(i))), together.subList(i, i + 1));
    }
    assertNotEquals(together.get(0), together.get(2), "seeds are alike");
  }

  @Test
  void oneThatDivergesOnTheWayLeavesAndTheOthersGoOnAsTheyWould() {
    Pupil sound = new Pupil(0, 0.01);
    List<List<Double>> together = losses(List.of(new Pupil(0, NEVER_ENDS_WELL), sound));
    assertEquals(List.of(), together.get(0));
    assertEquals(losses(List.of(sound)), together.subList(1, 2));
  }

  /** Mean losses of the epochs of each; none of one that left. */
  private static List<List<Double>> losses(List<Pupil> pupils) {
    try (NDManager manager = NDManager.newBaseManager()) {
      VisionTransformer backbone = new VisionTransformer(CONFIG);
      backbone.initialize(manager, 0);
      List<Trainee> trainees =
          pupils.stream().map(pupil -> trainee(pupil, backbone, manager)).toList();
      List<Cohort> cohorts = new ArrayList<>();
      for (long seed : pupils.stream().map(Pupil::seed).distinct().toList()) {
        cohorts.add(
            cohort(
                seed,
                IntStream.range(0, pupils.size())
                    .filter(i -> pupils.get(i).seed == seed)
                    .mapToObj(trainees::get)
                    .toList()));
      }
      List<Integer> learning = new ArrayList<>();
      new TrainingLoop(manager, () -> {})
          .train(cohorts, EPOCHS, (step, losses) -> learning.add(losses.size()));
      assertEquals(STEPS, learning.size());
      assertEquals(pupils.size(), learning.get(0));
      trainees.forEach(trainee -> assertTrue(trainee.ownSeconds() > 0));
      return trainees.stream()
          .map(
              trainee ->
                  trainee.diverged().isPresent()
                      ? List.<Double>of()
                      : trainee.training().epochLosses())
          .toList();
    }
  }

  private static Trainee trainee(Pupil pupil, VisionTransformer backbone, NDManager manager) {
    Learner learner = Learner.attach(new Dropping(), new ProbeMethod.None(), backbone, 3);
    learner.initialize(manager, pupil.seed);
    return new Trainee(
        learner, new AdamW(manager, 0), new CosineSchedule(pupil.lr, 0, STEPS), pupil.seed);
  }

  private static Cohort cohort(long seed, List<Trainee> trainees) {
    CachedBatches.Source taps =
        (host, images, memory) -> {
          float[] values = new float[images.length * CONFIG.width()];
          for (int i = 0; i < values.length; i++) {
            int image = images[i / CONFIG.width()];
            values[i] =
                (float) new SplittableRandom(image * 1000L + i % CONFIG.width()).nextDouble();
          }
          return new NDList(host.create(values, new Shape(images.length, CONFIG.width())));
        };
    int[] labels = IntStream.range(0, IMAGES).map(i -> i % 3).toArray();
    return new Cohort(
        new BatchOrder(seed, IMAGES, BATCH),
        new CachedBatches(taps, labels, 1),
        SharedTaps.of(trainees.stream().map(Trainee::learner).toList()),
        trainees);
  }
}
