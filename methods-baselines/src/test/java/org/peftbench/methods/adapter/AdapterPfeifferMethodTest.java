package org.peftbench.methods.adapter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.spi.PeftMethod;
import org.peftbench.testkit.PeftMethodContract;

class AdapterPfeifferMethodTest extends PeftMethodContract<AdapterConfig> {

  @Override
  protected PeftMethod<AdapterConfig> method() {
    return new AdapterPfeifferMethod();
  }

  @Test
  void vitB16HasThePublishedCount() {
    VisionTransformer backbone = new VisionTransformer(ViTConfig.named("vit-b16"));
    new AdapterPfeifferMethod().adapt(config(), backbone);
    assertEquals(156_768, backbone.trainableValues());
    assertEquals(85_798_656 + 156_768, backbone.values());
  }

  @Nested
  class WithoutDropout extends Variant {
    WithoutDropout() {
      super("bottleneck=3,dropout=0");
    }
  }
}
