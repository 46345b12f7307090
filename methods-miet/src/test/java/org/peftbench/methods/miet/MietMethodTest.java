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
    assertEquals(List.of(Tap.sum(3)), miet.taps(config("gather=3"), VIT_B16));
    assertEquals(605_184, Tap.transferBytes(miet.taps(config(), VIT_B16), VIT_B16));
  }

  @Test
  void moreBlocksThanTheBackboneHasAreRefused() {
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> method().trainableParameters(config("gather=13"), VIT_B16));
    assertEquals("gather 13 is more than the backbone's 12 blocks", e.getMessage());
  }

  @Test
  void headsThatDoNotShareTheRankAreRefused() {
    Exception e = assertThrows(IllegalArgumentException.class, () -> config("heads=3"));
    assertEquals("miet: rank 16 cannot be split over 3 heads", e.getMessage());
  }

  @Nested
  class FromZero extends Variant {
    FromZero() {
      super("gather=1,modules=2,rank=6,heads=2,scale=0.5,bias=false,zero-init=true,mean=false");
    }
  }
}
