package org.peftbench.methods.adapter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.spi.PeftMethod;
import org.peftbench.testkit.PeftMethodContract;

class AdapterHoulsbyMethodTest extends PeftMethodContract<AdapterConfig> {

  @Override
  protected PeftMethod<AdapterConfig> method() {
    return new AdapterHoulsbyMethod();
  }

  @Test
  void vitB16HasThePublishedCount() {
    VisionTransformer backbone = new VisionTransformer(ViTConfig.named("vit-b16"));
    new AdapterHoulsbyMethod().adapt(config(), backbone);
    assertEquals(313_536, backbone.trainableValues());
    assertEquals(85_798_656 + 313_536, backbone.values());
  }

  @Nested
  class WithoutDropout extends Variant {
    WithoutDropout() {
      super("bottleneck=3,dropout=0");
    }
  }
}
