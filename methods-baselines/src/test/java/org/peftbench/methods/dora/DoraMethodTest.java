package org.peftbench.methods.dora;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.spi.PeftMethod;
import org.peftbench.testkit.PeftMethodContract;

class DoraMethodTest extends PeftMethodContract<DoraConfig> {

  @Override
  protected PeftMethod<DoraConfig> method() {
    return new DoraMethod();
  }

  @Test
  void vitB16HasLorasCountAndTheMagnitudes() {
    VisionTransformer backbone = new VisionTransformer(ViTConfig.named("vit-b16"));
    new DoraMethod().adapt(config(), backbone);
    assertEquals(294_912 + 12 * 2304, backbone.trainableValues());
  }

  @Nested
  class Scaled extends Variant {
    Scaled() {
      super("rank=3,scale=2,dropout=0");
    }
  }
}
