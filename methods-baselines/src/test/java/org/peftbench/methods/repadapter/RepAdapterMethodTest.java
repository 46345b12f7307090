package org.peftbench.methods.repadapter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peftbench.methods.repadapter.RepAdapterConfig.Target;
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
    "false, BOTH, 221184",
    "true, BOTH, 239808",
    "false, ATTENTION, 110592",
    "true, ATTENTION, 119904"
  })
  void vitB16HasThePublishedCount(boolean bias, Target target, long count) {
    VisionTransformer backbone = new VisionTransformer(VIT_B16);
    new RepAdapterMethod().adapt(new RepAdapterConfig(8, 2, 1, 0.1, bias, target), backbone);
    assertEquals(count, backbone.trainableValues());
    assertEquals(85_798_656 + count, backbone.values());
  }

  @Test
  void groupsThatDoNotShareTheBottleneckAreRefused() {
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new RepAdapterConfig(8, 3, 1, 0.1, false, Target.BOTH));
    assertEquals("bottleneck 8 cannot be split into 3 groups", e.getMessage());
  }

  @Test
  void groupsThatDoNotShareTheWidthAreRefused() {
    RepAdapterConfig config = new RepAdapterConfig(10, 5, 1, 0.1, false, Target.BOTH);
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new RepAdapterMethod().adapt(config, new VisionTransformer(VIT_B16)));
    assertEquals("width 768 cannot be split into 5 groups", e.getMessage());
  }

  @Nested
  class WithBiases extends Variant {
    WithBiases() {
      super(new RepAdapterConfig(8, 4, 0.5, 0.1, true, Target.BOTH));
    }
  }

  @Nested
  class AttentionAloneInOneGroup extends Variant {
    AttentionAloneInOneGroup() {
      super(new RepAdapterConfig(3, 1, 2, 0, false, Target.ATTENTION));
    }
  }

  abstract static class Variant extends PeftMethodContract<RepAdapterConfig> {

    private final RepAdapterConfig config;

    Variant(RepAdapterConfig config) {
      this.config = config;
    }

    @Override
    protected PeftMethod<RepAdapterConfig> method() {
      return new RepAdapterMethod();
    }

    @Override
    protected RepAdapterConfig config() {
      return config;
    }
  }
}
