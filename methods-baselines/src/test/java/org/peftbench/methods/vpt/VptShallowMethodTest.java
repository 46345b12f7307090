package org.peftbench.methods.vpt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.spi.PeftMethod;
import org.peftbench.testkit.PeftMethodContract;

class VptShallowMethodTest extends PeftMethodContract<VptShallowConfig> {

  @Override
  protected PeftMethod<VptShallowConfig> method() {
    return new VptShallowMethod();
  }

  @Test
  void vitB16HasThePublishedCount() {
    VisionTransformer backbone = new VisionTransformer(ViTConfig.named("vit-b16"));
    new VptShallowMethod().adapt(config(), backbone);
    assertEquals(50 * 768, backbone.trainableValues());
  }

  @Nested
  class OneWithDropout extends Variant {
    OneWithDropout() {
      super("prompts=1,dropout=0.5");
    }
  }
}
