package org.peftbench.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peftbench.cell.MethodChoice;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.plan.Methods;
import org.peftbench.plugin.MethodRegistry;
import org.peftbench.result.Json;
import org.peftbench.training.AdamW;
import org.peftbench.training.Learner;
import org.peftbench.weights.BackboneWeights;
import org.peftbench.weights.Head;
import org.peftbench.weights.TensorFile;

/** Twenty steps of AdamW on a small ViT, against the losses that PyTorch had. */
class TrajectoriesTest {

  private static final int CLASSES = 7;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "full; full",
        "linear; linear",
        "bitfit; bitfit",
        "lora[rank=4,scale=1,dropout=0]; lora_rank4_fused_qkv_scale1"
      })
  void lossesAreThoseOfPyTorch(String method, String trajectory) throws Exception {
    JsonNode expected = trajectories();
    try (NDManager manager = NDManager.newBaseManager();
        TensorFile reference = TensorFile.open(fixture("vit_expected.safetensors"));
        AdamW optimizer = new AdamW(manager, expected.get("weight_decay").asDouble())) {
      Learner learner = learner(manager, method);
      NDArray labels = manager.create(reference.readLongs("labels"));
      JsonNode losses = expected.get(trajectory);
      assertEquals(20, losses.size());
      double lr = expected.get("lr").asDouble();
      for (int step = 0; step < losses.size(); step++) {
        double loss = losses.get(step).asDouble();
        try (NDManager owner = manager.newSubManager()) {
          NDArray images = owner.create(reference.read("input"), new Shape(6, 3, 32, 32));
          NDList inputs = learner.inputs(images);
          double found = learner.step(inputs, labels, leaves -> optimizer.update(leaves, lr));
          assertEquals(loss, found, Math.max(0.005 * loss, 5e-4), "step " + step);
        }
      }
    }
  }

  private static Learner learner(NDManager manager, String method) {
    try (BackboneWeights weights =
        BackboneWeights.open(fixture("vit_timm.safetensors"), fixture("vit_config.json"))) {
      ViTConfig config = weights.config();
      VisionTransformer backbone = new VisionTransformer(config);
      config
          .tensorShapes()
          .keySet()
          .forEach(name -> backbone.load(name, manager, weights.read(name, config)));
      MethodChoice choice = new Methods(Optional::empty).resolve(method, config).get(0).choice();
      Learner learner = MethodRegistry.builtIn().bind(choice).attach(backbone, CLASSES);
      learner.initialize(manager, 0);
      Head head = weights.head().orElseThrow();
      learner.trained().load("head.weight", manager, head.weight());
      learner.trained().load("head.bias", manager, head.bias());
      if (method.startsWith("lora")) {
        loadLora(learner, manager, config.depth());
      }
      return learner;
    }
  }

  private static void loadLora(Learner learner, NDManager manager, int depth) {
    try (TensorFile init = TensorFile.open(fixture("lora_init.safetensors"))) {
      for (int block = 0; block < depth; block++) {
        String qkv = "backbone.blocks." + block + ".attn.qkv.";
        for (String factor : List.of("a", "b")) {
          learner.trained().load(qkv + factor + "_0", manager, init.read(block + "." + factor));
        }
      }
    }
  }

  private static JsonNode trajectories() throws IOException {
    return Json.MAPPER.readTree(fixture("trajectories.json").toFile());
  }

  private static Path fixture(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(TrajectoriesTest.class.getResource("/vit/" + name)).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
