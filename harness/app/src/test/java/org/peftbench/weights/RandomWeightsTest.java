package org.peftbench.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.peftbench.model.ViTConfig;

class RandomWeightsTest {

  /** Its embedding and first layers are longer than a piece. */
  private static final ViTConfig CONFIG =
      new ViTConfig(64, 16, 3, 384, 2, 6, 1536, 1e-6, ViTConfig.Pooling.CLS);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(names = {"F32", "F16"})
  void theFileIsAWholeTransformerThatSaysWhatItIs(ElementType type) throws IOException {
    Path file = folder.resolve("random.safetensors");
    AtomicLong written = new AtomicLong();
    RandomWeights.write(file, CONFIG, type, written::set);
    assertEquals(CONFIG.values(), written.get());
    long header = Files.size(file) - CONFIG.values() * type.bytes();
    assertTrue(header > 0 && header < 10_000, "header of " + header);
    try (BackboneWeights weights = BackboneWeights.open(file)) {
      weights.check(CONFIG);
      assertTrue(weights.costsOnly());
      float[] layer = weights.read("blocks.1.mlp.fc1.weight", CONFIG);
      double sum = 0;
      double squares = 0;
      for (float value : layer) {
        sum += value;
        squares += (double) value * value;
      }
      assertEquals(0, sum / layer.length, 1e-4);
      assertEquals(0.02, Math.sqrt(squares / layer.length), 1e-4);
      assertNotEquals(layer[0], weights.read("blocks.0.mlp.fc1.weight", CONFIG)[0]);
      assertEquals(1, weights.read("norm.weight", CONFIG)[7]);
      assertEquals(0, weights.read("norm.bias", CONFIG)[7]);
    }
  }

  @Test
  void theSameBackboneHasTheSameValues() {
    RandomWeights.write(folder.resolve("a"), CONFIG, ElementType.F32, values -> {});
    RandomWeights.write(folder.resolve("b"), CONFIG, ElementType.F32, values -> {});
    try (BackboneWeights a = BackboneWeights.open(folder.resolve("a"));
        BackboneWeights b = BackboneWeights.open(folder.resolve("b"))) {
      for (String name : CONFIG.tensorShapes().keySet()) {
        assertArrayEquals(a.read(name, CONFIG), b.read(name, CONFIG), name);
      }
    }
  }

  @Test
  void otherFilesSayNoSuchThing() {
    try (BackboneWeights weights = BackboneWeights.open(Fixtures.vit("vit_timm.safetensors"))) {
      assertFalse(weights.costsOnly());
    }
  }
}
