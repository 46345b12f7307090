package org.peftbench.methods.fact;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.spi.PeftMethod;
import org.peftbench.testkit.PeftMethodContract;

class FactTkMethodTest extends PeftMethodContract<FactTkConfig> {

  @Override
  protected PeftMethod<FactTkConfig> method() {
    return new FactTkMethod();
  }

  @ParameterizedTest
  @CsvSource({"16, 30976", "32, 86528"})
  void vitB16HasThePublishedCount(int rank, long count) {
    VisionTransformer backbone = new VisionTransformer(ViTConfig.named("vit-b16"));
    new FactTkMethod().adapt(config("rank=" + rank), backbone);
    assertEquals(count, backbone.trainableValues());
  }

  @Nested
  class Scaled extends Variant {
    Scaled() {
      super("rank=3,scale=2,dropout=0");
    }
  }
}
