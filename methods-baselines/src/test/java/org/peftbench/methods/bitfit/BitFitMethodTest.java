package org.peftbench.methods.bitfit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.spi.PeftMethod;
import org.peftbench.testkit.PeftMethodContract;

class BitFitMethodTest extends PeftMethodContract<BitFitConfig> {

  @Override
  protected PeftMethod<BitFitConfig> method() {
    return new BitFitMethod();
  }

  @Test
  void vitB16HasThePublishedCount() {
    VisionTransformer backbone = new VisionTransformer(ViTConfig.named("vit-b16"));
    new BitFitMethod().adapt(config(), backbone);
    assertEquals(102_912, backbone.trainableValues());
  }
}
