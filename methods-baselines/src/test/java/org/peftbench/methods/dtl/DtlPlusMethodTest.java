package org.peftbench.methods.dtl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.spi.PeftMethod;
import org.peftbench.testkit.PeftMethodContract;

class DtlPlusMethodTest extends PeftMethodContract<DtlPlusConfig> {

  @Override
  protected PeftMethod<DtlPlusConfig> method() {
    return new DtlPlusMethod();
  }

  @Test
  void vitB16HasTheCountOfTheAuthorsCode() {
    VisionTransformer backbone = new VisionTransformer(ViTConfig.named("vit-b16"));
    new DtlPlusMethod().adapt(config(), backbone);
    assertEquals(36_864 + 9 * 768, backbone.trainableValues());
  }

  @ParameterizedTest
  @CsvSource({"0.5, 12, 6", "0.5, 2, 2", "0, 12, 2", "1, 12, 12", "0.5, 1, 1"})
  void theLastBlocksAreAdapted(double share, int depth, int adapted) {
    assertEquals(adapted, config("share=" + share).adapted(depth));
  }

  @Test
  void aConvolutionThatReachesNothingIsRefused() {
    ViTConfig one = new ViTConfig(8, 4, 3, 16, 1, 2, 24, 1e-6, ViTConfig.Pooling.CLS);
    VisionTransformer backbone = new VisionTransformer(one);
    Exception e =
        assertThrows(
            IllegalArgumentException.class, () -> new DtlPlusMethod().adapt(config(), backbone));
    assertEquals(
        "one block alone: no convolution of its patches reaches the class token", e.getMessage());
  }

  @Nested
  class EvenKernel extends Variant {
    EvenKernel() {
      super("rank=3,beta=10,share=1,kernel=4");
    }
  }
}
