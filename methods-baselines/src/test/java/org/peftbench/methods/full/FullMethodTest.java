package org.peftbench.methods.full;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.spi.PeftMethod;
import org.peftbench.testkit.PeftMethodContract;

class FullMethodTest extends PeftMethodContract<FullConfig> {

  @Override
  protected PeftMethod<FullConfig> method() {
    return new FullMethod();
  }

  @Test
  void vitB16HasThePublishedCount() {
    VisionTransformer backbone = new VisionTransformer(ViTConfig.named("vit-b16"));
    new FullMethod().adapt(config(), backbone);
    assertEquals(85_798_656, backbone.trainableValues());
  }
}
