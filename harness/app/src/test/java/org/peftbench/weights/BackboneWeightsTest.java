package org.peftbench.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.peftbench.weights.Fixtures.assertRefused;
import static org.peftbench.weights.Fixtures.get;
import static org.peftbench.weights.Fixtures.load;
import static org.peftbench.weights.Fixtures.vit;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.peftbench.model.ViTConfig;

class BackboneWeightsTest {

  private static final ViTConfig CONFIG =
      new ViTConfig(32, 8, 3, 48, 4, 3, 192, 1e-6, ViTConfig.Pooling.CLS);

  @TempDir Path folder;

  private Path changed(String fixture, Consumer<Map<String, FloatTensor>> change)
      throws IOException {
    Map<String, FloatTensor> tensors = load(vit(fixture));
    change.accept(tensors);
    Path path = folder.resolve("changed.safetensors");
    SafetensorsWriter.write(path, tensors, Map.of());
    return path;
  }

  private Path renamed(String fixture, UnaryOperator<String> rename) throws IOException {
    return changed(
        fixture,
        tensors -> {
          Map<String, FloatTensor> before = new LinkedHashMap<>(tensors);
          tensors.clear();
          before.forEach((name, tensor) -> tensors.put(rename.apply(name), tensor));
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"vit_timm.safetensors", "vit_hf.safetensors", "vit_google.npz"})
  void aBufferGetsWhatAnArrayDoes(String fixture) {
    try (BackboneWeights weights = BackboneWeights.open(vit(fixture))) {
      for (String name : CONFIG.tensorShapes().keySet()) {
        float[] expected = weights.read(name, CONFIG);
        float[] values = new float[expected.length];
        weights.read(name, CONFIG, FloatBuffer.wrap(values));
        assertArrayEquals(expected, values, name);
        assertEquals((long) values.length * Float.BYTES, weights.bytes(name), name);
      }
    }
  }

  private static void assertSameTransformer(Path path) {
    Map<String, FloatTensor> timm = load(vit("vit_timm.safetensors"));
    try (BackboneWeights weights = BackboneWeights.open(path)) {
      weights.check(CONFIG);
      CONFIG
          .tensorShapes()
          .forEach(
              (name, shape) -> {
                assertEquals(shape, get(timm, name).shape(), name);
                assertArrayEquals(get(timm, name).values(), weights.read(name, CONFIG), name);
              });
      Head head = weights.head().orElseThrow();
      assertEquals(7, head.classes());
      assertArrayEquals(get(timm, "head.weight").values(), head.weight());
      assertArrayEquals(get(timm, "head.bias").values(), head.bias());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"vit_timm.safetensors", "vit_hf.safetensors", "vit_google.npz"})
  void everyLayoutGivesTheSameTransformer(String file) {
    assertSameTransformer(vit(file));
  }

  @ParameterizedTest
  @CsvSource({
    "vit_timm.safetensors,TIMM",
    "vit_hf.safetensors,HUGGING_FACE",
    "vit_google.npz,GOOGLE"
  })
  void layoutIsRecognised(String file, Layout layout) {
    try (BackboneWeights weights = BackboneWeights.open(vit(file))) {
      assertEquals(layout, weights.layout());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "module.",
        "_orig_mod.",
        "module._orig_mod.",
        "module.model.",
        "model.backbone.",
        "encoder.",
        "base_model.model.",
        "visual.trunk.",
        "state_dict."
      })
  void wrappersAreStrippedHoweverTheyNest(String wrapper) throws IOException {
    assertSameTransformer(renamed("vit_timm.safetensors", name -> wrapper + name));
    assertSameTransformer(renamed("vit_hf.safetensors", name -> wrapper + name));
  }

  @Test
  void whatIsAddedStandsOutsideOfSomeWrappers() throws IOException {
    for (String head : List.of("", "module.", "module.backbone.")) {
      assertSameTransformer(
          renamed(
              "vit_timm.safetensors",
              name -> (name.startsWith("head") ? head : "module.backbone.") + name));
    }
  }

  @Test
  void namesOfHuggingFaceMayBeThoseOfABareModelOrOfAnother() throws IOException {
    assertSameTransformer(renamed("vit_hf.safetensors", name -> name.replaceFirst("^vit\\.", "")));
    assertSameTransformer(
        renamed("vit_hf.safetensors", name -> name.replaceFirst("^vit\\.", "deit.")));
  }

  @Test
  void severalTransformersInOneFileAreRefused() throws IOException {
    Path path =
        changed(
            "vit_timm.safetensors",
            tensors -> {
              Map<String, FloatTensor> before = new LinkedHashMap<>(tensors);
              tensors.clear();
              before.forEach((name, tensor) -> tensors.put("student." + name, tensor));
              before.forEach((name, tensor) -> tensors.put("teacher." + name, tensor));
            });
    assertRefused(
        () -> BackboneWeights.open(path).close(),
        "holds several vision transformers, under 'student.', 'teacher.'; expected one");
  }

  @ParameterizedTest
  @CsvSource({
    "vit_timm.safetensors, decoder_blocks.0.norm1.weight, decoder_pos_embed",
    "vit_hf.safetensors, decoder.decoder_layers.0.x.weight, decoder.mask_token"
  })
  void theDecoderOfAMaskedAutoencoderIsLeftOutWithANote(String fixture, String one, String other)
      throws IOException {
    Path path =
        changed(
            fixture,
            t -> {
              t.put(one, new FloatTensor(List.of(1L), filled(1, 0)));
              t.put(other, new FloatTensor(List.of(1L), filled(1, 0)));
            });
    assertSameTransformer(path);
    try (BackboneWeights weights = BackboneWeights.open(path)) {
      weights.check(CONFIG);
      assertEquals(
          List.of("changed.safetensors: 2 tensors of a decoder are left out"), weights.notes());
    }
  }

  @Test
  void bigVisionsIndicesAreKnown() throws IOException {
    Path path =
        renamed(
            "vit_google.npz",
            name ->
                "params/"
                    + name.replace("LayerNorm_2", "LayerNorm_1")
                        .replace("Attention_1", "Attention_0")
                        .replace("MlpBlock_3", "MlpBlock_0")
                        .replace("Transformer/posembed_input/", ""));
    assertSameTransformer(path);
    try (BackboneWeights weights = BackboneWeights.open(path)) {
      assertEquals(Layout.BIG_VISION, weights.layout());
    }
  }

  @Test
  void headsComeFromNpzShapesAndFromTheConfigFileOtherwise() {
    try (BackboneWeights google = BackboneWeights.open(vit("vit_google.npz"))) {
      assertEquals(CONFIG, google.config());
    }
    try (BackboneWeights timm = BackboneWeights.open(vit("vit_timm.safetensors"))) {
      assertRefused(timm::config, "vit_timm.safetensors", "width 48", "config file with 'heads'");
    }
    Path config = vit("vit_config.json");
    try (BackboneWeights timm = BackboneWeights.open(vit("vit_timm.safetensors"), config)) {
      assertEquals(CONFIG, timm.config());
    }
  }

  @Test
  void publishedWidthsHaveKnownHeads() throws IOException {
    ViTConfig tiny = ViTConfig.named("vit-ti16").withImageSize(64);
    Map<String, FloatTensor> tensors = new LinkedHashMap<>();
    tiny.tensorShapes()
        .forEach(
            (name, shape) -> {
              long count = new TensorInfo(ElementType.F32, shape).count();
              tensors.put(name, new FloatTensor(shape, new float[(int) count]));
            });
    Path path = folder.resolve("tiny.safetensors");
    SafetensorsWriter.write(path, tensors, Map.of(), ElementType.F16);
    try (BackboneWeights weights = BackboneWeights.open(path)) {
      assertEquals(tiny, weights.config());
      assertTrue(weights.head().isEmpty());
    }
  }

  @Test
  void otherImageSizeResamplesPositionsAndKeepsTheRest() {
    ViTConfig larger = CONFIG.withImageSize(48);
    try (BackboneWeights weights = BackboneWeights.open(vit("vit_hf.safetensors"))) {
      weights.check(larger);
      float[] stored = weights.read("pos_embed", CONFIG);
      float[] resampled = weights.read("pos_embed", larger);
      assertEquals(larger.tokens() * 48, resampled.length);
      assertArrayEquals(PositionEmbedding.resample(stored, 4, 6), resampled);
      assertArrayEquals(weights.read("cls_token", CONFIG), weights.read("cls_token", larger));
    }
  }

  @Test
  void positionsWithoutClassTokenGetAZeroForIt() throws IOException {
    Path path =
        changed(
            "vit_timm.safetensors",
            t -> t.put("pos_embed", new FloatTensor(List.of(1L, 16L, 48L), filled(16 * 48, 2))));
    try (BackboneWeights weights = BackboneWeights.open(path)) {
      weights.check(CONFIG);
      float[] positions = weights.read("pos_embed", CONFIG);
      assertEquals(17 * 48, positions.length);
      assertEquals(0, positions[47]);
      assertEquals(2, positions[48]);
    }
  }

  /** Nothing else of a file may be larger than what is wanted of it. */
  @Test
  void positionsOfAGridBeyondAnyModelsAreRefused() throws IOException {
    for (long positions : new long[] {257 * 257, 257 * 257 + 1}) {
      Path path =
          changed(
              "vit_timm.safetensors",
              t ->
                  t.put(
                      "pos_embed",
                      new FloatTensor(
                          List.of(1L, positions, 48L), filled((int) positions * 48, 0))));
      try (BackboneWeights weights = BackboneWeights.open(path)) {
        assertRefused(() -> weights.check(CONFIG), "1 misshaped: pos_embed [1, " + positions);
      }
    }
  }

  @Test
  void originalHeadWithHiddenLayerIsNotOffered() throws IOException {
    Path path =
        changed(
            "vit_google.npz",
            t -> t.put("pre_logits/bias", new FloatTensor(List.of(48L), filled(48, 0))));
    try (BackboneWeights weights = BackboneWeights.open(path)) {
      weights.check(CONFIG);
      assertTrue(weights.head().isEmpty());
    }
  }

  @Test
  void foreignFileIsRefusedWithSomeOfItsNames() {
    assertRefused(
        () -> BackboneWeights.open(vit("lora_init.safetensors")).close(),
        "lora_init.safetensors",
        "timm, Hugging Face, Google npz, big_vision npz",
        "8 tensors",
        "0.a");
  }

  @Test
  void allThatIsWrongIsListedAtOnce() throws IOException {
    Path path =
        changed(
            "vit_timm.safetensors",
            tensors -> {
              tensors.remove("norm.bias");
              tensors.keySet().removeIf(name -> name.startsWith("blocks.3."));
              tensors.put("blocks.0.extra", new FloatTensor(List.of(1L), filled(1, 0)));
              tensors.put("cls_token", new FloatTensor(List.of(48L), filled(48, 0)));
            });
    try (BackboneWeights weights = BackboneWeights.open(path)) {
      assertRefused(
          () -> weights.check(CONFIG),
          "timm layout",
          "13 missing: blocks.3.attn.proj.bias",
          "and 9 more",
          "1 misshaped: cls_token [48] for [1, 1, 48]",
          "1 unexpected: blocks.0.extra");
    }
  }

  @Test
  void deeperFileIsNotCutToSize() {
    ViTConfig shallow = new ViTConfig(32, 8, 3, 48, 3, 3, 192, 1e-6, ViTConfig.Pooling.CLS);
    try (BackboneWeights weights = BackboneWeights.open(vit("vit_hf.safetensors"))) {
      assertRefused(() -> weights.check(shallow), "16 unexpected: vit.encoder.layer.3.");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "dist_token,distilled",
    "head_dist.weight,distilled",
    "fc_norm.weight,after pooling",
    "reg_token,register tokens",
    "norm_pre.bias,before the first block",
    "blocks.0.ls1.gamma,layer scale",
    "blocks.0.gamma_1,layer scale",
    "blocks.0.attn.q_bias,queries and values alone",
    "blocks.0.attn.relative_position_bias_table,relative positions",
    "rope.freqs,rotary positions",
    "blocks.0.mlp.w12.weight,gated MLPs",
    "blocks.2.attn.q_norm.weight,queries and keys"
  })
  void otherKindsOfModelAreNamed(String tensor, String kind) throws IOException {
    Path path =
        changed(
            "vit_timm.safetensors", t -> t.put(tensor, new FloatTensor(List.of(1L), filled(1, 0))));
    try (BackboneWeights weights = BackboneWeights.open(path)) {
      assertRefused(() -> weights.check(CONFIG), kind, "not supported", tensor);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "vit.embeddings.distillation_token,distilled",
    "vit.embeddings.register_tokens,register tokens",
    "vit.encoder.layer.0.layer_scale1.lambda1,layer scale",
    "vit.encoder.layer.0.lambda_1,layer scale",
    "vit.encoder.layer.0.attention.attention.relative_position_bias.x,relative positions",
    "vit.encoder.layer.0.mlp.weights_in.weight,gated MLPs"
  })
  void otherKindsOfModelAreNamedByHuggingFacesNames(String tensor, String kind) throws IOException {
    Path path =
        changed(
            "vit_hf.safetensors", t -> t.put(tensor, new FloatTensor(List.of(1L), filled(1, 0))));
    try (BackboneWeights weights = BackboneWeights.open(path)) {
      assertRefused(() -> weights.check(CONFIG), kind, "not supported", tensor);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "encoder.layers.encoder_layer_0.ln_1.weight,torchvision",
    "vision_model.embeddings.class_embedding,CLIP or SigLIP",
    "visual.transformer.resblocks.0.ln_1.weight,OpenAI",
    "base_model.model.vit.encoder.layer.0.query.lora_A.weight,LoRA"
  })
  void filesWithoutATransformerThatIsKnownAreNamed(String tensor, String kind) throws IOException {
    Path path = folder.resolve("other.safetensors");
    SafetensorsWriter.write(
        path, Map.of(tensor, new FloatTensor(List.of(1L), filled(1, 0))), Map.of());
    assertRefused(() -> BackboneWeights.open(path).close(), "it is a", kind, tensor);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
  void valueThatIsNotFiniteIsRefusedByName(float value) throws IOException {
    Path path =
        changed(
            "vit_hf.safetensors",
            t -> get(t, "vit.encoder.layer.2.attention.attention.key.bias").values()[5] = value);
    try (BackboneWeights weights = BackboneWeights.open(path)) {
      weights.check(CONFIG);
      assertRefused(
          () -> weights.read("blocks.2.attn.qkv.bias", CONFIG),
          "vit.encoder.layer.2.attention.attention.key.bias",
          value + " at place 5");
    }
  }

  @Test
  void misshapedTensorIsRefusedWhenReadToo() {
    ViTConfig other = new ViTConfig(32, 8, 3, 48, 4, 3, 96, 1e-6, ViTConfig.Pooling.CLS);
    try (BackboneWeights weights = BackboneWeights.open(vit("vit_google.npz"))) {
      assertRefused(
          () -> weights.read("blocks.1.mlp.fc1.weight", other),
          "encoderblock_1/MlpBlock_3/Dense_0/kernel",
          "[48, 192], expected [48, 96]");
      assertThrows(IllegalArgumentException.class, () -> weights.read("blocks.9.x", CONFIG));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"dim\": 48|\"dim\": 49|width 49 cannot be split over 3 heads",
        "\"dim\": 48|\"dim\": 24|misshaped",
        "\"dim\": 48|\"dim\": \"48\"|dim is \"48\", expected an integer",
        "\"heads\": 3,||heads is missing, expected an integer",
        "\"heads\": 3|\"head\": 3|unknown key 'head'; known: [channels, depth, dim, heads,",
        "\"heads\": 3|\"heads\": 3, \"heads\": 4|not JSON: Duplicate",
        "1e-06|\"x\"|layer_norm_eps is \"x\", expected a number",
        "\"num_classes\": 7|\"num_classes\": 8|the head has 7 classes, the config file says 8"
      })
  void wrongConfigFileIsRefused(String old, String replacement, String says) throws IOException {
    String text = Files.readString(vit("vit_config.json"));
    assertTrue(text.contains(old));
    String changed = text.replace(old, replacement == null ? "" : replacement);
    Path config = Files.writeString(folder.resolve("config.json"), changed);
    assertRefused(() -> BackboneWeights.open(vit("vit_timm.safetensors"), config).close(), says);
  }

  @Test
  void missingTensorThatSizesFollowFromIsNamed() throws IOException {
    Path path = changed("vit_google.npz", tensors -> tensors.remove("cls"));
    try (BackboneWeights weights = BackboneWeights.open(path)) {
      assertRefused(weights::config, "has no tensor 'cls'");
    }
  }

  @Test
  void contradictingShapesAreNamed() throws IOException {
    Path path =
        changed(
            "vit_google.npz",
            t -> t.put("cls", new FloatTensor(List.of(1L, 1L, 40L), filled(40, 0))));
    try (BackboneWeights weights = BackboneWeights.open(path)) {
      assertRefused(weights::config, "posembed_input", "fits the other tensors");
    }
    assertFalse(load(path).isEmpty());
  }

  private static float[] filled(int count, float value) {
    float[] values = new float[count];
    Arrays.fill(values, value);
    return values;
  }
}
