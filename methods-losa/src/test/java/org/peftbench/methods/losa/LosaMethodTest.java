package org.peftbench.methods.losa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.peftbench.model.Tap;
import org.peftbench.model.ViTConfig;
import org.peftbench.spi.PeftMethod;
import org.peftbench.testkit.PeftMethodContract;

/** Every variant has one frame: two would not divide the nine patches of a tiny model. */
class LosaMethodTest extends PeftMethodContract<LosaConfig> {

  private static final ViTConfig VIT_B16 = ViTConfig.named("vit-b16");

  @Override
  protected PeftMethod<LosaConfig> method() {
    return new LosaMethod();
  }

  @Test
  void vitB16HasTheCountsOfTheFormula() {
    assertEquals(185_280, method().trainableParameters(config(), VIT_B16));
    assertEquals(197_052, method().trainableParameters(config("bias=true"), VIT_B16));
    assertEquals(147_456, method().trainableParameters(config("mixers=channel"), VIT_B16));
    // 4 frames of 49 tokens: 12 mixers, 2 x 8 x (49 + 4)
    assertEquals(
        12 * 16 * 53, method().trainableParameters(config("mixers=token,frames=4"), VIT_B16));
  }

  @Test
  void clipsAreMixedInSpaceAndInTime() {
    ViTConfig clips = VIT_B16.withFrames(8);
    // 12 mixers, 2 x 8 x (768 + 197 + 8)
    assertEquals(12 * 16 * 973, method().trainableParameters(config(), clips));
    assertEquals(185_280, method().trainableParameters(config("time=false"), clips));
    assertEquals(147_456, method().trainableParameters(config("mixers=channel"), clips));
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> method().trainableParameters(config("frames=4"), clips));
    assertEquals(
        "frames=4 divides one map's tokens, and here each of 8 frames has a map of its own",
        e.getMessage());
  }

  @Test
  void everyBlockIsReadAndTheLastOneWhateverTheStride() {
    LosaMethod losa = new LosaMethod();
    assertEquals(12, losa.taps(config(), VIT_B16).size());
    assertEquals(
        List.of(Tap.block(5), Tap.block(10), Tap.block(12)),
        losa.taps(config("stride=5"), VIT_B16));
    LosaConfig embedding = config("stride=6,start=embedding");
    assertEquals(List.of(Tap.block(0), Tap.block(6), Tap.block(12)), losa.taps(embedding, VIT_B16));
  }

  @Test
  void framesThatDoNotDivideThePatchesAreRefused() {
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> method().trainableParameters(config("frames=5"), VIT_B16));
    assertEquals("196 patch tokens cannot be divided into 5 frames", e.getMessage());
  }

  @Test
  void nothingButZerosIsRefused() {
    Exception e = assertThrows(IllegalArgumentException.class, () -> config("start=zero"));
    assertEquals(
        "losa: start=zero with zero-init=true gives the final norm nothing but zeros; add"
            + " zero-init=false",
        e.getMessage());
  }

  @Nested
  class ChannelsOnly extends Variant {
    ChannelsOnly() {
      super("rank=4,mixers=channel,stride=2,scale=0.5,bias=true");
    }
  }

  @Nested
  class TokensOnly extends Variant {
    TokensOnly() {
      super("rank=4,mixers=token,bias=true");
    }
  }

  @Nested
  class WithoutSkips extends Variant {
    WithoutSkips() {
      super("rank=4,bias=true,skip=false");
    }
  }

  @Nested
  class FromZero extends Variant {
    FromZero() {
      super("rank=4,stride=3,zero-init=false,start=zero");
    }
  }

  @Nested
  class FromTheEmbedding extends Variant {
    FromTheEmbedding() {
      super("rank=4,stride=2,start=embedding");
    }
  }
}
