package org.peftbench.methods.adapterplus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.spi.PeftMethod;
import org.peftbench.testkit.PeftMethodContract;

class AdapterPlusMethodTest extends PeftMethodContract<AdapterPlusConfig> {

  @Override
  protected PeftMethod<AdapterPlusConfig> method() {
    return new AdapterPlusMethod();
  }

  @Test
  void vitB16HasTheCountOfTheAuthorsCode() {
    VisionTransformer backbone = new VisionTransformer(ViTConfig.named("vit-b16"));
    new AdapterPlusMethod().adapt(config(), backbone);
    assertEquals(165_984, backbone.trainableValues());
  }

  @Nested
  class WithoutDropPath extends Variant {
    WithoutDropPath() {
      super("bottleneck=16,drop-path=0");
    }
  }
}
