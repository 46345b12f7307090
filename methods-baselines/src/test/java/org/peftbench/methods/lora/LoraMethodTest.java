package org.peftbench.methods.lora;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
  @ValueSource(strings = {"qkv", "qv"})
  void vitB16HasThePublishedCount(String target) {
    VisionTransformer backbone = new VisionTransformer(ViTConfig.named("vit-b16"));
    new LoraMethod().adapt(config("target=" + target), backbone);
    assertEquals(294_912, backbone.trainableValues());
    assertEquals(85_798_656 + 294_912, backbone.values());
  }

  @Nested
  class QueriesAndValues extends Variant {
    QueriesAndValues() {
      super("rank=3,scale=2,dropout=0,target=qv");
    }
  }
}
