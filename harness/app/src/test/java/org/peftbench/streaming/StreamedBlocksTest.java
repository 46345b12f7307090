package org.peftbench.streaming;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peftbench.WrongInputException;
import org.peftbench.model.Part;
import org.peftbench.model.Precision;
import org.peftbench.model.Tap;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.training.FrozenWeights;
import org.peftbench.training.TapReader;
import org.peftbench.weights.BackboneWeights;

class StreamedBlocksTest {

  private static final ViTConfig CONFIG =
      new ViTConfig(32, 8, 3, 48, 4, 3, 192, 1e-6, ViTConfig.Pooling.CLS);
  private static final List<Tap> TAPS =
      List.of(Tap.block(0), Tap.block(2), Tap.sum(4), Tap.representation(CONFIG));

  /** Of a block of width 48 with an MLP of 192. */
  private static final long BLOCK_BYTES = 4L * (4 * 48 * 48 + 2 * 48 * 192 + 9 * 48 + 192);

  private final NDManager manager = NDManager.newBaseManager();
  private final NDArray images = images();

  @TempDir Path folder;

  @AfterEach
  void free() {
    manager.close();
  }

  private NDArray images() {
    Random random = new Random(0);
    float[] values = new float[2 * 3 * 32 * 32];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    return Part.owned(manager, new Shape(2, 3, 32, 32), values);
  }

  private static Path fixture(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(StreamedBlocksTest.class.getResource("/vit/" + name)).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** With the values of a file, all of them or all but the blocks'. */
  private VisionTransformer backbone(Path file, Precision precision, boolean whole) {
    VisionTransformer backbone = new VisionTransformer(CONFIG);
    try (BackboneWeights weights = BackboneWeights.open(file)) {
      for (String name : CONFIG.tensorShapes().keySet()) {
        if (whole || !name.startsWith("blocks.")) {
          backbone.load(name, manager, weights.read(name, CONFIG));
        }
      }
    }
    FrozenWeights.hold(backbone, precision);
    return backbone;
  }

  private List<float[]> read(VisionTransformer backbone, Precision precision) {
    NDList taps = new TapReader(backbone, precision).read(images, TAPS);
    List<float[]> values = new ArrayList<>();
    taps.forEach(tap -> values.add(tap.toFloatArray()));
    return values;
  }

  @ParameterizedTest
  @CsvSource({
    "vit_timm.safetensors, FLOAT32",
    "vit_hf.safetensors, FLOAT32",
    "vit_google.npz, FLOAT32",
    "vit_timm.safetensors, BFLOAT16"
  })
  void streamedTapsAreResidentOnesToTheBit(String name, Precision precision) {
    Path file = fixture(name);
    List<float[]> expected = read(backbone(file, precision, true), precision);
    VisionTransformer backbone = backbone(file, precision, false);
    try (StreamedBlocks blocks = new StreamedBlocks(backbone, file, precision, manager)) {
      for (int again = 1; again <= 3; again++) {
        List<float[]> streamed = read(backbone, precision);
        for (int i = 0; i < TAPS.size(); i++) {
          assertArrayEquals(expected.get(i), streamed.get(i), TAPS.get(i).toString());
        }
        assertEquals(CONFIG.depth() * BLOCK_BYTES, blocks.since().orElseThrow().bytes());
        assertTrue(
            backbone.namedParameters().entrySet().stream()
                .noneMatch(
                    one -> one.getKey().startsWith("blocks.") && one.getValue().isInitialized()));
      }
    }
  }

  @Test
  void itMayBeUsedAgainAfterItsMemoryWasGivenBack() {
    Path file = fixture("vit_timm.safetensors");
    VisionTransformer backbone = backbone(file, Precision.FLOAT32, false);
    List<float[]> first;
    try (StreamedBlocks blocks = new StreamedBlocks(backbone, file, Precision.FLOAT32, manager)) {
      first = read(backbone, Precision.FLOAT32);
      blocks.close();
      assertArrayEquals(first.get(2), read(backbone, Precision.FLOAT32).get(2));
    }
  }

  @Test
  void aRunThatEndsEarlyBeginsAgainAtTheFirstBlock() {
    Path file = fixture("vit_timm.safetensors");
    VisionTransformer backbone = backbone(file, Precision.FLOAT32, false);
    try (StreamedBlocks blocks = new StreamedBlocks(backbone, file, Precision.FLOAT32, manager)) {
      List<Tap> two = List.of(Tap.block(2));
      TapReader reader = new TapReader(backbone, Precision.FLOAT32);
      float[] first = reader.read(images, two).singletonOrThrow().toFloatArray();
      for (int again = 0; again < 2; again++) {
        assertArrayEquals(first, reader.read(images, two).singletonOrThrow().toFloatArray());
      }
      // Three runs of two blocks, and a third block that was read ahead before it came to be known.
      assertEquals(7 * BLOCK_BYTES, blocks.since().orElseThrow().bytes());
      assertEquals(Optional.empty(), blocks.since());
    }
  }

  @Test
  void aFileThatWasCutMeanwhileIsSaid() throws IOException {
    Path file = Files.copy(fixture("vit_timm.safetensors"), folder.resolve("cut.safetensors"));
    VisionTransformer backbone = backbone(file, Precision.FLOAT32, false);
    try (StreamedBlocks blocks = new StreamedBlocks(backbone, file, Precision.FLOAT32, manager)) {
      Files.write(file, new byte[100]);
      WrongInputException wrong =
          assertThrows(WrongInputException.class, () -> read(backbone, Precision.FLOAT32));
      assertTrue(String.valueOf(wrong.getMessage()).contains("cut.safetensors"));
      assertFalse(backbone.parameter("blocks.0.norm1.weight").isInitialized());
    }
  }
}
