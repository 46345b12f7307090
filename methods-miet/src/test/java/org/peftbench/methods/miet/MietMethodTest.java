package org.peftbench.methods.miet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
  void someOfTheMapsWeighWhatAllDo() {
    MietMethod miet = new MietMethod();
    List<Tap> taps = miet.taps(config("first=4,step=3"), VIT_B16);
    assertEquals(List.of(Tap.sum(4, 10, 3)), taps); // z_4 + z_7 + z_10
    assertEquals(605_184, Tap.transferBytes(taps, VIT_B16));
    assertEquals(205_824, miet.trainableParameters(config("first=4,step=3"), VIT_B16));
  }

  /** 50 and 5 tokens of 768 values instead of 197. */
  @Test
  void aPooledMapIsSmallerAndItsNetworkIsNot() {
    MietMethod miet = new MietMethod();
    assertEquals(List.of(Tap.sum(12).pooled(2)), miet.taps(config("pool=2"), VIT_B16));
    assertEquals(153_600, Tap.transferBytes(miet.taps(config("pool=2"), VIT_B16), VIT_B16));
    assertEquals(15_360, Tap.transferBytes(miet.taps(config("pool=7"), VIT_B16), VIT_B16));
    assertEquals(205_824, miet.trainableParameters(config("pool=7"), VIT_B16));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      value = {
        "gather=3,first=4 => first 4 is behind z_3, the last map of the sum",
        "first=13 => first 13 is behind z_12, the last map of the sum",
        "pool=3 => pool 3 does not divide the 14 patches of a side"
      })
  void mapsThatTheBackboneDoesNotHaveAreRefused(String options, String message) {
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> method().trainableParameters(config(options), VIT_B16));
    assertEquals(message, e.getMessage());
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

  @Nested
  class OfSomeMaps extends Variant {
    OfSomeMaps() {
      super("first=1,step=2,mean=false");
    }
  }
}
