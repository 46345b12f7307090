package org.peftbench.methods.last;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.peftbench.methods.last.LastConfig.Start;
import org.peftbench.model.Tap;
import org.peftbench.model.ViTConfig;
import org.peftbench.spi.PeftMethod;
import org.peftbench.testkit.PeftMethodContract;

class LastMethodTest extends PeftMethodContract<LastConfig> {

  private static final ViTConfig VIT_B16 = ViTConfig.named("vit-b16");

  @Override
  protected PeftMethod<LastConfig> method() {
    return new LastMethod();
  }

  @Test
  void vitB16HasThePublishedCount() {
    assertEquals(660_480, method().trainableParameters(config(), VIT_B16));
  }

  @Test
  void tapsFollowTheGap() {
    LastMethod last = new LastMethod();
    assertEquals(
        List.of(Tap.block(0), Tap.block(3), Tap.block(6), Tap.block(9), Tap.block(12)),
        last.taps(config(), VIT_B16));
    LastConfig uneven = new LastConfig(5, 1, 4, 1, 1, true, true, Start.EMBEDDING, true);
    assertEquals(
        List.of(Tap.block(0), Tap.block(5), Tap.block(10), Tap.block(12)),
        last.taps(uneven, VIT_B16));
    LastConfig zero = new LastConfig(5, 1, 4, 1, 1, true, false, Start.ZERO, true);
    assertEquals(List.of(Tap.block(0), Tap.block(5), Tap.block(10)), last.taps(zero, VIT_B16));
  }

  @Test
  void headsThatDoNotShareTheRankAreRefused() {
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new LastConfig(3, 5, 10, 4, 1, true, true, Start.EMBEDDING, true));
    assertEquals("rank 10 cannot be split over 4 heads", e.getMessage());
  }

  @Test
  void nothingButZerosIsRefused() {
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new LastConfig(3, 5, 10, 1, 1, true, true, Start.ZERO, true));
    assertEquals(
        "start=zero with zero-init=true gives the final norm nothing but zeros; add"
            + " zero-init=false",
        e.getMessage());
  }

  @Nested
  class FromZero extends Variant {
    FromZero() {
      super(new LastConfig(3, 5, 10, 1, 1, true, false, Start.ZERO, true));
    }
  }

  @Nested
  class Uncorrected extends Variant {
    Uncorrected() {
      super(new LastConfig(1, 2, 4, 1, 0.5, false, true, Start.EMBEDDING, false));
    }
  }

  @Nested
  class TwoHeads extends Variant {
    TwoHeads() {
      super(new LastConfig(2, 1, 6, 2, 1, true, false, Start.EMBEDDING, true));
    }
  }

  abstract static class Variant extends PeftMethodContract<LastConfig> {

    private final LastConfig config;

    Variant(LastConfig config) {
      this.config = config;
    }

    @Override
    protected PeftMethod<LastConfig> method() {
      return new LastMethod();
    }

    @Override
    protected LastConfig config() {
      return config;
    }
  }
}
