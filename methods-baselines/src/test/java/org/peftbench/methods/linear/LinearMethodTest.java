package org.peftbench.methods.linear;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.peftbench.model.ViTConfig;
import org.peftbench.spi.PeftMethod;
import org.peftbench.testkit.PeftMethodContract;

class LinearMethodTest extends PeftMethodContract<LinearConfig> {

  @Override
  protected PeftMethod<LinearConfig> method() {
    return new LinearMethod();
  }

  @Test
  void nothingButTheHeadIsTrained() {
    assertEquals(0, method().trainableParameters(config(), ViTConfig.named("vit-b16")));
  }
}
