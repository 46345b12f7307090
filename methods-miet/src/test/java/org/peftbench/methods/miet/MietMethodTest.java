package org.peftbench.methods.miet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.peftbench.model.Tap;
import org.peftbench.model.ViTConfig;
import org.peftbench.spi.PeftMethod;
import org.peftbench.testkit.PeftMethodContract;

class MietMethodTest extends PeftMethodContract<MietConfig> {

  private static final ViTConfig VIT_B16 = ViTConfig.named("vit-b16");

  @Override
  protected PeftMethod<MietConfig> method() {
    return new MietMethod();
  }

  @Test
  void vitB16HasTheCountOfTheFormula() {
    assertEquals(205_824, method().trainableParameters(config(), VIT_B16));
  }

  @Test
  void oneMapLeavesTheBackboneWhateverIsGathered() {
    MietMethod miet = new MietMethod();
    assertEquals(List.of(Tap.sum(12)), miet.taps(config(), VIT_B16));
    assertEquals(List.of(Tap.sum(3)), miet.taps(gathering(3), VIT_B16));
    assertEquals(605_184, Tap.transferBytes(miet.taps(config(), VIT_B16), VIT_B16));
  }

  @Test
  void moreBlocksThanTheBackboneHasAreRefused() {
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> method().trainableParameters(gathering(13), VIT_B16));
    assertEquals("gather 13 is more than the backbone's 12 blocks", e.getMessage());
  }

  @Test
  void headsThatDoNotShareTheRankAreRefused() {
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new MietConfig(0, 4, 16, 3, 1, true, false, true));
    assertEquals("rank 16 cannot be split over 3 heads", e.getMessage());
  }

  private static MietConfig gathering(int blocks) {
    return new MietConfig(blocks, 4, 16, 1, 1, true, false, true);
  }

  @Nested
  class FromZero extends PeftMethodContract<MietConfig> {

    @Override
    protected PeftMethod<MietConfig> method() {
      return new MietMethod();
    }

    @Override
    protected MietConfig config() {
      return new MietConfig(1, 2, 6, 2, 0.5, false, true, false);
    }
  }
}
