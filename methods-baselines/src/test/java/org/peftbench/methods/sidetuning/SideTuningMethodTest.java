package org.peftbench.methods.sidetuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.peftbench.model.ViTConfig;
import org.peftbench.spi.PeftMethod;
import org.peftbench.testkit.PeftMethodContract;

class SideTuningMethodTest extends PeftMethodContract<SideTuningConfig> {

  private static final ViTConfig VIT_B16 = ViTConfig.named("vit-b16");

  @Override
  protected PeftMethod<SideTuningConfig> method() {
    return new SideTuningMethod();
  }

  @Test
  void vitB16HasTheCountOfTheFormula() {
    assertEquals(595_105, new BlendedNetwork(config(), VIT_B16).trainableValues());
    assertEquals(595_105, method().trainableParameters(config(), VIT_B16));
  }

  @Test
  void aReductionThatDoesNotDivideTheWidthIsRefused() {
    SideTuningConfig config = config("reduction=5");
    Exception e =
        assertThrows(IllegalArgumentException.class, () -> new BlendedNetwork(config, VIT_B16));
    assertEquals("reduction 5 does not divide the width 768", e.getMessage());
  }

  @Nested
  class WithoutBlocks extends Variant {
    WithoutBlocks() {
      super("reduction=2,depth=0");
    }
  }
}
