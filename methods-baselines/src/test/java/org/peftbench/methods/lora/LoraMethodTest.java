package org.peftbench.methods.lora;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.peftbench.methods.lora.LoraConfig.Target;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.spi.PeftMethod;
import org.peftbench.testkit.PeftMethodContract;

class LoraMethodTest extends PeftMethodContract<LoraConfig> {

  @Override
  protected PeftMethod<LoraConfig> method() {
    return new LoraMethod();
  }

  @ParameterizedTest
  @EnumSource
  void vitB16HasThePublishedCount(Target target) {
    VisionTransformer backbone = new VisionTransformer(ViTConfig.named("vit-b16"));
    new LoraMethod().adapt(new LoraConfig(8, 1, 0.1, target), backbone);
    assertEquals(294_912, backbone.trainableValues());
    assertEquals(85_798_656 + 294_912, backbone.values());
  }

  @Nested
  class QueriesAndValues extends PeftMethodContract<LoraConfig> {

    @Override
    protected PeftMethod<LoraConfig> method() {
      return new LoraMethod();
    }

    @Override
    protected LoraConfig config() {
      return new LoraConfig(3, 2, 0, Target.QV);
    }
  }
}
