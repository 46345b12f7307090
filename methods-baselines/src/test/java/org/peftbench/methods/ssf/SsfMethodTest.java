package org.peftbench.methods.ssf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.spi.PeftMethod;
import org.peftbench.testkit.PeftMethodContract;

class SsfMethodTest extends PeftMethodContract<SsfConfig> {

  @Override
  protected PeftMethod<SsfConfig> method() {
    return new SsfMethod();
  }

  @Test
  void vitB16HasThePublishedCount() {
    VisionTransformer backbone = new VisionTransformer(ViTConfig.named("vit-b16"));
    new SsfMethod().adapt(config(), backbone);
    assertEquals(205_824, backbone.trainableValues());
  }
}
