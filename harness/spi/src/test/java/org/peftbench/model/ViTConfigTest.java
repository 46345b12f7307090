package org.peftbench.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.peftbench.model.ViTConfig.Pooling;

class ViTConfigTest {

  /** timm's counts, with num_classes=0. */
  @ParameterizedTest
  @CsvSource({
    "vit-ti16, 5524416",
    "vit-s16, 21665664",
    "vit-b32, 87455232",
    "vit-b16, 85798656",
    "vit-l16, 303301632",
    "vit-h14, 630764800"
  })
  void transformersHaveThePublishedCounts(String name, long values) {
    assertEquals(values, new VisionTransformer(ViTConfig.named(name)).values());
  }

  @Test
  void everyListedNameIsKnown() {
    for (String name : ViTConfig.names()) {
      ViTConfig config = ViTConfig.named(name);
      boolean pocket = name.equals(ViTConfig.POCKET);
      assertEquals(pocket ? 64 : 224, config.imageSize());
      assertTrue(pocket || name.endsWith(Integer.toString(config.patchSize())));
    }
  }

  @Test
  void sizesThatDifferInCaseAloneAreKeptApart() {
    assertEquals(40, ViTConfig.named("vit-g14").depth());
    assertEquals(48, ViTConfig.named("vit-G14").depth());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "vit-b", "vit-x16", "vit-b17", "vit-b0", "vit-b016", "vit-b112x", "ViT-B16"})
  void otherNamesAreRefused(String name) {
    Exception e = assertThrows(IllegalArgumentException.class, () -> ViTConfig.named(name));
    assertTrue(String.valueOf(e.getMessage()).startsWith("unknown backbone '" + name + "'"));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 16, 768, 12, 12, 3072, image size 0 is not positive",
    "224, -1, 768, 12, 12, 3072, patch size -1 is not positive",
    "225, 16, 768, 12, 12, 3072, image size 225 is not a multiple of the patch size 16",
    "224, 16, 768, 12, 7, 3072, width 768 cannot be split over 7 heads",
    "224, 16, 768, 0, 12, 3072, depth 0 is not positive",
    "224, 16, 768, 2000000000, 12, 3072, depth 2000000000 is above 1000",
    "4112, 16, 768, 12, 12, 3072, 'image size 4112 is 257 patches along a side; at most 256, which are 4096 pixels'",
    "224, 16, 768, 12, 12, 0, MLP width 0 is not positive"
  })
  void sizesThatDoNotFitAreRefused(
      int image, int patch, int width, int depth, int heads, int mlp, String reason) {
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new ViTConfig(image, patch, 3, width, depth, heads, mlp, 1e-6, Pooling.CLS));
    assertEquals(reason, e.getMessage());
  }

  @Test
  void theLargestImageCanBeCountedWith() {
    ViTConfig largest = ViTConfig.named("vit-e14").withImageSize(256 * 14);
    assertEquals(65_537, largest.tokens());
    assertEquals(4, largest.largestBatch());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1e-6, Double.NaN})
  void epsilonsThatAreNotPositiveAreRefused(double epsilon) {
    assertThrows(
        IllegalArgumentException.class,
        () -> new ViTConfig(16, 8, 3, 12, 1, 3, 20, epsilon, Pooling.CLS));
  }

  @Test
  void partsHaveTheNamesAndShapesOfTheTensors() {
    ViTConfig config = Small.config(3, Pooling.CLS);
    Map<String, List<Long>> built = new TreeMap<>();
    new VisionTransformer(config)
        .namedParameters()
        .forEach((name, parameter) -> built.put(name, boxed(parameter.getShape().getShape())));
    assertEquals(config.tensorShapes(), built);
  }

  private static List<Long> boxed(long[] shape) {
    return Arrays.stream(shape).boxed().toList();
  }

  @Test
  void anotherImageSizeChangesTheTokensAlone() {
    ViTConfig config = ViTConfig.named("vit-b16").withImageSize(384);
    assertEquals(24, config.grid());
    assertEquals(577, config.tokens());
    assertEquals(ViTConfig.named("vit-b16"), config.withImageSize(224));
  }

  @Test
  void poolingIsFoundByItsWord() {
    for (Pooling pooling : Pooling.values()) {
      assertEquals(pooling, Pooling.named(pooling.toString()));
    }
    Exception e = assertThrows(IllegalArgumentException.class, () -> Pooling.named("CLS"));
    assertEquals("unknown pooling 'CLS'; known: cls, mean", e.getMessage());
  }
}
