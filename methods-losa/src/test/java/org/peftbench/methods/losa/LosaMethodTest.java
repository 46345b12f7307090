package org.peftbench.methods.losa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.peftbench.methods.losa.LosaConfig.Mixers;
import org.peftbench.methods.losa.LosaConfig.Start;
import org.peftbench.model.Tap;
import org.peftbench.model.ViTConfig;
import org.peftbench.spi.PeftMethod;
import org.peftbench.testkit.PeftMethodContract;

class LosaMethodTest extends PeftMethodContract<LosaConfig> {

  private static final ViTConfig VIT_B16 = ViTConfig.named("vit-b16");

  @Override
  protected PeftMethod<LosaConfig> method() {
    return new LosaMethod();
  }

  private static LosaConfig with(Mixers mixers, int stride, int frames, boolean bias) {
    return new LosaConfig(8, mixers, stride, frames, 1, bias, true, true, Start.LAST_BLOCK);
  }

  @Test
  void vitB16HasTheCountsOfTheFormula() {
    assertEquals(185_280, method().trainableParameters(config(), VIT_B16));
    assertEquals(197_052, method().trainableParameters(with(Mixers.BOTH, 1, 1, true), VIT_B16));
    assertEquals(147_456, method().trainableParameters(with(Mixers.CHANNEL, 1, 1, false), VIT_B16));
    // 4 frames of 49 tokens: 12 mixers, 2 x 8 x (49 + 4)
    assertEquals(
        12 * 16 * 53, method().trainableParameters(with(Mixers.TOKEN, 1, 4, false), VIT_B16));
  }

  @Test
  void everyBlockIsReadAndTheLastOneWhateverTheStride() {
    LosaMethod losa = new LosaMethod();
    assertEquals(12, losa.taps(config(), VIT_B16).size());
    assertEquals(
        List.of(Tap.block(5), Tap.block(10), Tap.block(12)),
        losa.taps(with(Mixers.BOTH, 5, 1, false), VIT_B16));
    LosaConfig embedding =
        new LosaConfig(8, Mixers.BOTH, 6, 1, 1, false, true, true, Start.EMBEDDING);
    assertEquals(List.of(Tap.block(0), Tap.block(6), Tap.block(12)), losa.taps(embedding, VIT_B16));
  }

  @Test
  void framesThatDoNotDivideThePatchesAreRefused() {
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> method().trainableParameters(with(Mixers.BOTH, 1, 5, false), VIT_B16));
    assertEquals("196 patch tokens cannot be divided into 5 frames", e.getMessage());
  }

  @Test
  void nothingButZerosIsRefused() {
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new LosaConfig(8, Mixers.BOTH, 1, 1, 1, false, true, true, Start.ZERO));
    assertEquals(
        "start=zero with zero-init=true gives the final norm nothing but zeros; add"
            + " zero-init=false",
        e.getMessage());
  }

  @Nested
  class ChannelsOnly extends Variant {
    ChannelsOnly() {
      super(new LosaConfig(4, Mixers.CHANNEL, 2, 1, 0.5, true, true, true, Start.LAST_BLOCK));
    }
  }

  @Nested
  class TokensOnly extends Variant {
    TokensOnly() {
      super(new LosaConfig(4, Mixers.TOKEN, 1, 1, 1, true, true, true, Start.LAST_BLOCK));
    }
  }

  @Nested
  class WithoutSkips extends Variant {
    WithoutSkips() {
      super(new LosaConfig(4, Mixers.BOTH, 1, 1, 1, true, false, true, Start.LAST_BLOCK));
    }
  }

  @Nested
  class FromZero extends Variant {
    FromZero() {
      super(new LosaConfig(4, Mixers.BOTH, 3, 1, 1, false, true, false, Start.ZERO));
    }
  }

  @Nested
  class FromTheEmbedding extends Variant {
    FromTheEmbedding() {
      super(new LosaConfig(4, Mixers.BOTH, 2, 1, 1, false, true, true, Start.EMBEDDING));
    }
  }

  /** Two frames would not divide the nine patches of a tiny model; every size has one frame. */
  abstract static class Variant extends PeftMethodContract<LosaConfig> {

    private final LosaConfig config;

    Variant(LosaConfig config) {
      this.config = config;
    }

    @Override
    protected PeftMethod<LosaConfig> method() {
      return new LosaMethod();
    }

    @Override
    protected LosaConfig config() {
      return config;
    }
  }
}
