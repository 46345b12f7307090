package org.peftbench.methods.convpass;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peftbench.methods.convpass.ConvpassConfig.ConvInit;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.spi.PeftMethod;
import org.peftbench.testkit.PeftMethodContract;

class ConvpassMethodTest extends PeftMethodContract<ConvpassConfig> {

  @Override
  protected PeftMethod<ConvpassConfig> method() {
    return new ConvpassMethod();
  }

  @ParameterizedTest
  @CsvSource({"both, 327552", "attention, 163776"})
  void vitB16HasThePublishedCount(String target, long count) {
    VisionTransformer backbone = new VisionTransformer(ViTConfig.named("vit-b16"));
    new ConvpassMethod().adapt(config("target=" + target), backbone);
    assertEquals(count, backbone.trainableValues());
    assertEquals(85_798_656 + count, backbone.values());
  }

  @Test
  void identityIsTheCentreOfEveryChannelsOwnKernel() {
    float[] values =
        GridConvolution.weight(ConvInit.IDENTITY).values(new Shape(2, 2, 3, 3), new Random(0));
    float[] centre = {0, 0, 0, 0, 1, 0, 0, 0, 0};
    float[] expected = new float[36];
    System.arraycopy(centre, 0, expected, 0, 9);
    System.arraycopy(centre, 0, expected, 27, 9);
    assertArrayEquals(expected, values);
  }

  @Test
  void xavierCountsInputsAndOutputsOfEveryTap() {
    float[] values =
        GridConvolution.weight(ConvInit.XAVIER).values(new Shape(8, 8, 3, 3), new Random(0));
    double bound = Math.sqrt(6.0 / (8 * 9 + 8 * 9));
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertTrue(largest <= bound && largest > 0.95 * bound, largest + " of " + bound);
  }

  @Nested
  class AttentionAlone extends Variant {
    AttentionAlone() {
      super("bottleneck=3,scale=10,dropout=0,target=attention,conv-init=xavier");
    }
  }
}
