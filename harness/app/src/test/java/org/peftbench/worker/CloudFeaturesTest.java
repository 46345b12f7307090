package org.peftbench.worker;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;

/** An edge that has more of the backbone than its final norm stops before it trains. */
class CloudFeaturesTest {

  private static final ViTConfig CONFIG =
      new ViTConfig(16, 8, 3, 4, 2, 1, 8, 1e-6, ViTConfig.Pooling.CLS);

  @ParameterizedTest
  @ValueSource(
      strings = {"cls_token", "pos_embed", "patch_embed.proj.bias", "blocks.1.mlp.fc2.bias"})
  void oneValueOfTheBackboneIsTooMany(String name) {
    try (NDManager manager = NDManager.newBaseManager()) {
      VisionTransformer backbone = new VisionTransformer(CONFIG);
      backbone.load("norm.weight", manager, new float[4]);
      backbone.load("norm.bias", manager, new float[4]);
      CloudFeatures.requireNoBackbone(backbone);
      int values = (int) backbone.parameter(name).getShape().size();
      backbone.load(name, manager, new float[values]);
      IllegalStateException refused =
          assertThrows(
              IllegalStateException.class, () -> CloudFeatures.requireNoBackbone(backbone));
      assertTrue(String.valueOf(refused.getMessage()).endsWith(name), refused.getMessage());
    }
  }
}
