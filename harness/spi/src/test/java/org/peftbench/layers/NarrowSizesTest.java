package org.peftbench.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.peftbench.model.TransformerBlock;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.ViTConfig.Pooling;

class NarrowSizesTest {

  @Test
  void vitB16IsDividedByEight() {
    ViTConfig narrow = NarrowSizes.of(ViTConfig.named("vit-b16"), 8);
    assertEquals(
        new ViTConfig(224, 16, 3, 96, 12, 12, 384, ViTConfig.LAYER_NORM_EPS, Pooling.CLS), narrow);
    assertEquals(111_840, NarrowSizes.blockValues(narrow));
  }

  @Test
  void headsAreCommonAndTheMlpIsRoundedUp() {
    ViTConfig backbone = new ViTConfig(8, 4, 3, 48, 2, 4, 100, 1e-6, Pooling.MEAN);
    ViTConfig narrow = NarrowSizes.of(backbone, 8);
    assertEquals(new ViTConfig(8, 4, 3, 6, 2, 2, 13, 1e-6, Pooling.MEAN), narrow);
    assertEquals(new TransformerBlock(narrow).values(), NarrowSizes.blockValues(narrow));
  }

  @Test
  void aReductionThatDoesNotDivideTheWidthIsRefused() {
    Exception e =
        assertThrows(
            IllegalArgumentException.class, () -> NarrowSizes.of(ViTConfig.named("vit-b16"), 9));
    assertEquals("reduction 9 does not divide the width 768", e.getMessage());
  }
}
