package org.peftbench.pretrain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.peftbench.image.Refusal.assertRefused;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peftbench.image.Normalization;
import org.peftbench.model.ViTConfig;
import org.peftbench.result.Json;
import org.peftbench.weights.BackboneWeights;
import org.peftbench.world.World;

class PretrainingTest {

  private static final int BATCH = 8;
  private static final int STEPS = 6;

  /** Ends a training from inside, as a kill does from outside. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @TempDir static Path folder;
  private static ModelCard whole;

  @BeforeAll
  static void trainOnceToTheEnd() throws IOException {
    whole = train(order("whole", 0), (done, total, text) -> {});
  }

  private static Recipe recipe(long seed) {
    return new Recipe(
        ViTConfig.POCKET,
        ViTConfig.Pooling.CLS,
        World.IMAGE_SIZE,
        Optional.empty(),
        new World().classes(),
        Normalization.INCEPTION,
        STEPS * BATCH + 3,
        2 * BATCH,
        BATCH,
        1e-3,
        0.05,
        seed);
  }

  private static PretrainOrder order(String name, long seed) {
    return new PretrainOrder(
        recipe(seed), folder.resolve(name).toString(), 0, true, org.peftbench.cell.Device.CPU);
  }

  private static ModelCard train(PretrainOrder order, Pretraining.Listener listener)
      throws IOException {
    Files.createDirectories(Path.of(order.out()));
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      return new Pretraining(order, manager, listener).run("engine", 1);
    }
  }

  @Test
  void aTrainingThatWasKilledEndsWithTheSameWeightsAsOneThatWasNot() throws IOException {
    PretrainOrder order = order("killed", 0);
    try {
      train(
          order,
          (done, total, text) -> {
            if (done == 4 * BATCH) {
              throw new Killed();
            }
          });
    } catch (Killed expected) {
      assertTrue(Files.exists(Path.of(order.out(), "checkpoint.safetensors")));
    }
    AtomicLong first = new AtomicLong();
    ModelCard resumed = train(order, (done, total, text) -> first.compareAndSet(0, done));
    assertEquals(4 * BATCH, first.get()); // the step whose end was not seen is done again
    assertEquals(whole.sha256(), resumed.sha256());
    assertEquals(whole.heldOutCorrect(), resumed.heldOutCorrect());
    assertEquals(
        resumed,
        Json.MAPPER.readValue(Path.of(order.out(), Pretraining.CARD).toFile(), ModelCard.class));
  }

  @Test
  void weightsAreInTimmsLayoutWithTheirHead() {
    try (BackboneWeights weights =
        BackboneWeights.open(folder.resolve("whole").resolve(Pretraining.WEIGHTS))) {
      weights.check(ViTConfig.named(ViTConfig.POCKET));
      assertEquals(new World().classes(), weights.head().orElseThrow().classes());
    }
  }

  @Test
  void aCheckpointOfAnotherRecipeIsRefused() {
    assertRefused(
        () -> {
          try {
            train(order("whole", 1), (done, total, text) -> {});
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        },
        "is of another training",
        "seed=0");
  }
}
