package org.peftbench.worker;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import org.peftbench.WrongInputException;
import org.peftbench.link.MergeOrder;
import org.peftbench.link.Message;
import org.peftbench.link.WorkOrder;
import org.peftbench.model.Part;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.result.Json;
import org.peftbench.training.Learner;
import org.peftbench.weights.FloatTensor;
import org.peftbench.weights.SafetensorsWriter;

/** Main class of a child that folds an adapter into its backbone, and proves it before writing. */
public final class MergeWorker {

  private static final int IMAGES = 4;

  /** Rounding of a dozen layers in float32 is far below, any mistake far above. */
  private static final double MOST = 1e-3;

  private MergeWorker() {}

  /** Runs the order that stands in the first line of standard input. */
  public static void main(String[] args) {
    Worker.serve(MergeWorker::run);
  }

  private static Message run(Parent parent) throws JsonProcessingException {
    MergeOrder merge = Json.MAPPER.readValue(parent.receive(), MergeOrder.class);
    WorkOrder order = merge.order();
    EngineFacts.load(order.cell().seed(), order.cell().device());
    try (NDManager manager = NDManager.newBaseManager(EngineFacts.device(order.cell().device()))) {
      Learner learner = AdaptedNetwork.load(order, manager);
      Part head = learner.head();
      ViTConfig config = ViTConfig.named(order.cell().backbone().name());
      int side = order.cell().backbone().imageSize();
      NDArray images = manager.randomNormal(new Shape(IMAGES, config.channels(), side, side));
      float[] before = logits(learner, images);
      VisionTransformer merged = merged(learner, manager);
      double difference = largestDifference(before, logits(merged, head, images));
      if (!(difference <= MOST)) {
        throw new WrongInputException(
            "merging changes logits by up to " + difference + "; nothing is written");
      }
      Map<String, FloatTensor> tensors = new LinkedHashMap<>();
      merged.namedParameters().forEach((name, value) -> tensors.put(name, FloatTensor.of(value)));
      head.namedParameters()
          .forEach((name, value) -> tensors.put("head." + name, FloatTensor.of(value)));
      write(Path.of(merge.file()), tensors);
      return new Message.Merged(tensors.size(), difference);
    }
  }

  /** Folds what was trained into the backbone, which then is a plain one. */
  private static VisionTransformer merged(Learner learner, NDManager manager) {
    if (learner.readsOnly() && learner.body().values() > 0) {
      throw new WrongInputException(
          "a side network runs beside the backbone and cannot be merged into it");
    }
    VisionTransformer backbone = learner.backbone();
    backbone.merge(manager);
    SortedSet<String> added = backbone.addedParameters();
    if (!added.isEmpty()) {
      throw new WrongInputException(
          "the method cannot be merged: a plain backbone has no " + added.first());
    }
    return backbone;
  }

  private static float[] logits(Learner learner, NDArray images) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return learner.logits(learner.inputs(images), false).toFloatArray();
    }
  }

  private static float[] logits(VisionTransformer backbone, Part head, NDArray images) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return head.forward(backbone.forward(images, false), false).toFloatArray();
    }
  }

  private static double largestDifference(float[] one, float[] other) {
    double largest = 0;
    for (int i = 0; i < one.length; i++) {
      double difference = Math.abs(one[i] - other[i]);
      if (!(difference <= largest)) { // so that NaN is the largest
        largest = difference;
      }
    }
    return largest;
  }

  private static void write(Path file, Map<String, FloatTensor> tensors) {
    try {
      SafetensorsWriter.write(file, tensors, Map.of());
    } catch (IOException e) {
      throw new WrongInputException(file + " cannot be written: " + e.getMessage(), e);
    }
  }
}
