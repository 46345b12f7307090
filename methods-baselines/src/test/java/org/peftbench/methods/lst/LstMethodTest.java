package org.peftbench.methods.lst;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.peftbench.model.Tap;
import org.peftbench.model.ViTConfig;
import org.peftbench.spi.PeftMethod;
import org.peftbench.testkit.PeftMethodContract;

class LstMethodTest extends PeftMethodContract<LstConfig> {

  private static final ViTConfig VIT_B16 = ViTConfig.named("vit-b16");

  @Override
  protected PeftMethod<LstConfig> method() {
    return new LstMethod();
  }

  @Test
  void vitB16HasThePublishedCount() {
    assertEquals(2_376_492, new LadderNetwork(config(), VIT_B16).trainableValues());
    assertEquals(2_376_492, method().trainableParameters(config(), VIT_B16));
  }

  @Test
  void everyBlockIsRead() {
    List<Tap> taps = new LstMethod().taps(config(), VIT_B16);
    assertEquals(13, taps.size());
    assertEquals(Tap.block(0), taps.get(0));
    assertEquals(Tap.block(12), taps.get(12));
  }

  @Test
  void aReductionThatDoesNotDivideTheWidthIsRefused() {
    LstConfig config = config("reduction=10");
    Exception e =
        assertThrows(IllegalArgumentException.class, () -> new LadderNetwork(config, VIT_B16));
    assertEquals("reduction 10 does not divide the width 768", e.getMessage());
  }

  @Nested
  class LessNarrow extends Variant {
    LessNarrow() {
      super("reduction=2,temperature=1");
    }
  }
}
