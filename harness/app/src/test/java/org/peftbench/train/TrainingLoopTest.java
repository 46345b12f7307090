package org.peftbench.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peftbench.cell.MethodChoice;
import org.peftbench.image.Interpolation;
import org.peftbench.image.Normalization;
import org.peftbench.model.Tap;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.plugin.MethodRegistry;
import org.peftbench.result.StepTimes;
import org.peftbench.task.ImageSet;
import org.peftbench.task.LabelledImage;
import org.peftbench.task.Pixels;
import org.peftbench.training.AdamW;
import org.peftbench.training.Learner;
import org.peftbench.training.SharedTaps;

/** What the loop makes of its input, read ahead or not, and says of it when it is slow to come. */
class TrainingLoopTest {

  private static final ViTConfig CONFIG =
      new ViTConfig(16, 8, 3, 4, 2, 1, 8, 1e-6, ViTConfig.Pooling.CLS);
  private static final List<Tap> TAPS = List.of(Tap.representation(CONFIG));
  private static final int EPOCHS = 2;
  private static final int IMAGES = 64;
  private static final int BATCH = 4;
  private static final int STEPS = EPOCHS * IMAGES / BATCH;
  private static final int CLASSES = 3;
  private static final long SLEEP_MILLIS = 20;

  @TempDir Path folder;

  @Test
  void aSleepInReadingFeaturesIsAWaitForInputAndNotCompute() {
    double slept = STEPS * SLEEP_MILLIS / 1e3;
    StepTimes slow = train(SLEEP_MILLIS);
    assertEquals(STEPS, slow.steps());
    assertTrue(slow.inputSeconds() >= slept, slow.toString());
    assertTrue(slow.inputShare() > 0.5, slow.toString());
    assertTrue(slow.p50Seconds() >= SLEEP_MILLIS / 1e3, slow.toString());
    StepTimes fast = train(0);
    assertTrue(fast.inputSeconds() < 0.5 * slept, fast.toString());
  }

  @Test
  void lossesDoNotDependOnReadingAheadOfImages() throws IOException {
    List<LabelledImage> files = images();
    BiFunction<Learner, NDManager, Batches> live =
        (learner, manager) ->
            new ImageBatches(
                ImageSet.load(
                    Pixels.decoded(files, CONFIG.imageSize(), Interpolation.BICUBIC), done -> {}),
                new ImageArrays(CONFIG.imageSize(), Normalization.IMAGENET, manager),
                SharedTaps.of(List.of(learner)));
    assertSameLosses(live);
  }

  @Test
  void lossesDoNotDependOnReadingAheadOfFeatures() {
    FeatureCache filled = FeatureCache.create(folder, TAPS, CONFIG, DataType.FLOAT16);
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray taps = manager.randomNormal(new Shape(IMAGES, CONFIG.width()));
      filled.write(0, new NDList(taps));
    }
    filled.close();
    try (FeatureCache cache = FeatureCache.open(folder, TAPS, CONFIG, DataType.FLOAT16, IMAGES)) {
      assertSameLosses((learner, manager) -> new CachedBatches(cache::read, labels(), 1));
    }
  }

  private static void assertSameLosses(BiFunction<Learner, NDManager, Batches> batches) {
    List<Float> plain = new ArrayList<>();
    List<Float> ahead = new ArrayList<>();
    train(batches, false, plain);
    train(batches, true, ahead);
    assertEquals(plain, ahead);
    assertEquals(STEPS, new HashSet<>(plain).size(), "all batches are alike");
  }

  private static int[] labels() {
    return IntStream.range(0, IMAGES).map(i -> i % CLASSES).toArray();
  }

  /** Drawn pixels. */
  private List<LabelledImage> images() throws IOException {
    Random random = new Random(0);
    List<LabelledImage> images = new ArrayList<>();
    for (int i = 0; i < IMAGES; i++) {
      BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
      for (int pixel = 0; pixel < 256; pixel++) {
        image.setRGB(pixel % 16, pixel / 16, random.nextInt());
      }
      Path file = folder.resolve(i + ".png");
      ImageIO.write(image, "png", file.toFile());
      images.add(new LabelledImage(file, labels()[i]));
    }
    return images;
  }

  private static StepTimes train(long sleepMillis) {
    CachedBatches.Source disk =
        (host, images, memory) -> {
          sleep(sleepMillis);
          return new NDList(host.ones(new Shape(images.length, CONFIG.width())));
        };
    return train(
        (learner, manager) -> new CachedBatches(disk, new int[IMAGES], 1),
        false,
        new ArrayList<>());
  }

  private static StepTimes train(
      BiFunction<Learner, NDManager, Batches> batches, boolean ahead, List<Float> losses) {
    try (NDManager manager = NDManager.newBaseManager()) {
      VisionTransformer backbone = new VisionTransformer(CONFIG);
      backbone.initialize(manager, 0);
      SortedMap<String, String> none = Collections.emptySortedMap();
      MethodChoice probe = new MethodChoice("probe", none, none, Optional.empty());
      Learner learner = MethodRegistry.builtIn().bind(probe).attach(backbone, CLASSES);
      learner.initialize(manager, 0);
      try (AdamW optimizer = new AdamW(manager, 0)) {
        BatchOrder order = new BatchOrder(0, IMAGES, BATCH);
        Trainee trainee = new Trainee(learner, optimizer, new CosineSchedule(1e-3, 0, STEPS), 0);
        Cohort cohort =
            new Cohort(
                order,
                batches.apply(learner, manager),
                SharedTaps.of(List.of(learner)),
                List.of(trainee));
        new TrainingLoop(manager, () -> {}, ahead)
            .train(List.of(cohort), EPOCHS, (step, all) -> losses.addAll(all));
        return trainee.training().steps();
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
