package org.peftbench.methods.repadapter;

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

class RepAdapterMethodTest extends PeftMethodContract<RepAdapterConfig> {

  private static final ViTConfig VIT_B16 = ViTConfig.named("vit-b16");

  @Override
  protected PeftMethod<RepAdapterConfig> method() {
    return new RepAdapterMethod();
  }

  @ParameterizedTest
  @CsvSource({
    "false, both, 221184",
    "true, both, 239808",
    "false, attention, 110592",
    "true, attention, 119904"
  })
  void vitB16HasThePublishedCount(boolean bias, String target, long count) {
    VisionTransformer backbone = new VisionTransformer(VIT_B16);
    new RepAdapterMethod().adapt(config("bias=" + bias + ",target=" + target), backbone);
    assertEquals(count, backbone.trainableValues());
    assertEquals(85_798_656 + count, backbone.values());
  }

  @Test
  void groupsThatDoNotShareTheBottleneckAreRefused() {
    Exception e = assertThrows(IllegalArgumentException.class, () -> config("groups=3"));
    assertEquals("repadapter: bottleneck 8 cannot be split into 3 groups", e.getMessage());
  }

  @Test
  void groupsThatDoNotShareTheWidthAreRefused() {
    RepAdapterConfig config = config("bottleneck=10,groups=5");
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new RepAdapterMethod().adapt(config, new VisionTransformer(VIT_B16)));
    assertEquals("width 768 cannot be split into 5 groups", e.getMessage());
  }

  @Nested
  class WithBiases extends Variant {
    WithBiases() {
      super("groups=4,scale=0.5,bias=true");
    }
  }

  @Nested
  class AttentionAloneInOneGroup extends Variant {
    AttentionAloneInOneGroup() {
      super("bottleneck=3,groups=1,scale=2,dropout=0,target=attention");
    }
  }
}
