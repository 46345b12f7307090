package org.peftbench.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.peftbench.cell.MethodChoice;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.plugin.MethodRegistry;
import org.peftbench.result.StepTimes;
import org.peftbench.training.AdamW;
import org.peftbench.training.Learner;

/** What the loop says of its steps when their input is slow to come. */
class TrainingLoopTest {

  private static final ViTConfig CONFIG =
      new ViTConfig(16, 8, 3, 4, 2, 1, 8, 1e-6, ViTConfig.Pooling.CLS);
  private static final int IMAGES = 128;
  private static final int BATCH = 4;
  private static final int CLASSES = 3;
  private static final long SLEEP_MILLIS = 20;

  @Test
  void aSleepInReadingFeaturesIsAWaitForInputAndNotCompute() {
    double slept = IMAGES / BATCH * SLEEP_MILLIS / 1e3;
    StepTimes slow = train(SLEEP_MILLIS);
    assertEquals(IMAGES / BATCH, slow.steps());
    assertTrue(slow.inputSeconds() >= slept, slow.toString());
    assertTrue(slow.inputShare() > 0.5, slow.toString());
    assertTrue(slow.p50Seconds() >= SLEEP_MILLIS / 1e3, slow.toString());
    StepTimes fast = train(0);
    assertTrue(fast.inputSeconds() < 0.5 * slept, fast.toString());
  }

  private static StepTimes train(long sleepMillis) {
    try (NDManager manager = NDManager.newBaseManager()) {
      VisionTransformer backbone = new VisionTransformer(CONFIG);
      backbone.initialize(manager, 0);
      SortedMap<String, String> none = Collections.emptySortedMap();
      MethodChoice probe = new MethodChoice("probe", none, none, Optional.empty());
      Learner learner = MethodRegistry.builtIn().bind(probe).attach(backbone, CLASSES);
      learner.initialize(manager, 0);
      CachedBatches.Source disk =
          (owner, images) -> {
            sleep(sleepMillis);
            return new NDList(owner.ones(new Shape(images.length, CONFIG.width())));
          };
      try (AdamW optimizer = new AdamW(manager, 0)) {
        return new TrainingLoop(learner, manager)
            .train(
                new CachedBatches(disk, new int[IMAGES]),
                new BatchOrder(0, IMAGES, BATCH),
                1,
                0,
                optimizer,
                1e-3,
                (step, epoch, loss) -> {})
            .steps();
      }
    }
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
