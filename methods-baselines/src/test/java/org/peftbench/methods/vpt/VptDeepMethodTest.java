package org.peftbench.methods.vpt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.spi.PeftMethod;
import org.peftbench.testkit.PeftMethodContract;

class VptDeepMethodTest extends PeftMethodContract<VptDeepConfig> {

  @Override
  protected PeftMethod<VptDeepConfig> method() {
    return new VptDeepMethod();
  }

  @Test
  void vitB16HasThePublishedCount() {
    VisionTransformer backbone = new VisionTransformer(ViTConfig.named("vit-b16"));
    new VptDeepMethod().adapt(config("dropout=0"), backbone);
    assertEquals(12 * 50 * 768, backbone.trainableValues());
  }

  @Nested
  class OneWithoutDropout extends Variant {
    OneWithoutDropout() {
      super("prompts=1,dropout=0");
    }
  }
}
