package org.peftbench.methods.last;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
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
    LastConfig uneven = config("gap=5,modules=1,rank=4");
    assertEquals(
        List.of(Tap.block(0), Tap.block(5), Tap.block(10), Tap.block(12)),
        last.taps(uneven, VIT_B16));
    LastConfig zero = config("gap=5,modules=1,rank=4,zero-init=false,start=zero");
    assertEquals(List.of(Tap.block(0), Tap.block(5), Tap.block(10)), last.taps(zero, VIT_B16));
  }

  @Test
  void headsThatDoNotShareTheRankAreRefused() {
    Exception e = assertThrows(IllegalArgumentException.class, () -> config("heads=4"));
    assertEquals("last: rank 10 cannot be split over 4 heads", e.getMessage());
  }

  @Test
  void nothingButZerosIsRefused() {
    Exception e = assertThrows(IllegalArgumentException.class, () -> config("start=zero"));
    assertEquals(
        "last: start=zero with zero-init=true gives the final norm nothing but zeros; add"
            + " zero-init=false",
        e.getMessage());
  }

  @Nested
  class FromZero extends Variant {
    FromZero() {
      super("zero-init=false,start=zero");
    }
  }

  @Nested
  class Uncorrected extends Variant {
    Uncorrected() {
      super("gap=1,modules=2,rank=4,scale=0.5,bias=false,correction=false");
    }
  }

  @Nested
  class TwoHeads extends Variant {
    TwoHeads() {
      super("gap=2,modules=1,rank=6,heads=2,zero-init=false");
    }
  }
}
