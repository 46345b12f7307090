package org.peftbench.worker;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import org.peftbench.WrongInputException;
import org.peftbench.adapter.ParameterValues;
import org.peftbench.cell.Cell;
import org.peftbench.link.Message;
import org.peftbench.link.Order;
import org.peftbench.model.Part;
import org.peftbench.model.Precision;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.training.Learner;
import org.peftbench.weights.FloatTensor;
import org.peftbench.weights.SafetensorsWriter;

/** Folds what a cell has trained into its backbone, and proves it before writing. */
final class AdapterMerge {

  private static final int IMAGES = 4;

  /** Rounding of a dozen layers in float32 is far below, any mistake far above. */
  private static final double MOST = 1e-3;

  private AdapterMerge() {}

  static Message.Merged run(Order.Merge order) {
    Cell cell = order.network().cell().plain();
    EngineLoader.load(cell.seed(), order.device());
    try (NDManager manager = NDManager.newBaseManager(EngineLoader.device(order.device()))) {
      Learner learner =
          AdaptedNetwork.load(
              order.network().of(cell), order.adapter(), Precision.FLOAT32, manager);
      Part head = learner.head();
      ViTConfig config = ViTConfig.named(cell.backbone().name());
      int side = cell.backbone().imageSize();
      NDArray images = manager.randomNormal(new Shape(IMAGES, config.channels(), side, side));
      float[] before = logits(learner, images);
      VisionTransformer merged = merged(learner, manager);
      double difference = largestDifference(before, logits(merged, head, images));
      if (!(difference <= MOST)) {
        throw new WrongInputException(
            "merging changes logits by up to " + difference + "; nothing is written");
      }
      Map<String, FloatTensor> tensors = new LinkedHashMap<>();
      merged
          .namedParameters()
          .forEach((name, value) -> tensors.put(name, ParameterValues.of(value)));
      head.namedParameters()
          .forEach((name, value) -> tensors.put("head." + name, ParameterValues.of(value)));
      write(Path.of(order.file()), tensors);
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
    try (NDScope scope = Part.scope()) {
      return learner.logits(learner.inputs(images), false).toFloatArray();
    }
  }

  private static float[] logits(VisionTransformer backbone, Part head, NDArray images) {
    try (NDScope scope = Part.scope()) {
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
