package org.peftbench.methods.adaptformer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.spi.PeftMethod;
import org.peftbench.testkit.PeftMethodContract;

class AdaptFormerMethodTest extends PeftMethodContract<AdaptFormerConfig> {

  @Override
  protected PeftMethod<AdaptFormerConfig> method() {
    return new AdaptFormerMethod();
  }

  @Test
  void vitB16HasThePublishedCount() {
    VisionTransformer backbone = new VisionTransformer(ViTConfig.named("vit-b16"));
    new AdaptFormerMethod().adapt(config(), backbone);
    assertEquals(156_768, backbone.trainableValues());
    assertEquals(85_798_656 + 156_768, backbone.values());
  }

  @Nested
  class UnscaledWithoutDropout extends Variant {
    UnscaledWithoutDropout() {
      super("bottleneck=3,scale=1,dropout=0");
    }
  }
}
