package org.peftbench.worker;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.peftbench.cell.Phase;
import org.peftbench.link.Message;
import org.peftbench.link.Order;
import org.peftbench.model.Part;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.plugin.MethodRegistry;
import org.peftbench.training.AdamW;
import org.peftbench.training.Learner;

/** Times training steps on random images. */
final class StepTrial {

  private static final int CLASSES = 100;
  private static final double LR = 1e-3;
  private static final double WEIGHT_DECAY = 1e-4;

  private final Order.Step order;
  private final NDManager manager;
  private final Learner learner;
  private final NDArray images;
  private final NDArray labels;

  private StepTrial(Order.Step order, NDManager manager) {
    this.order = order;
    this.manager = manager;
    ViTConfig config = ViTConfig.named(order.backbone()).withImageSize(order.imageSize());
    VisionTransformer backbone = new VisionTransformer(config);
    backbone.initialize(manager, 0);
    MethodRegistry registry = MethodRegistry.of(order.jar());
    this.learner = registry.bind(order.method()).attach(backbone, CLASSES).in(order.precision());
    learner.initialize(manager, 0);
    this.images = RandomImages.of(manager, config, order.batchSize());
    this.labels = manager.zeros(new Shape(order.batchSize()), DataType.INT64);
  }

  static Message.Stepped run(Order.Step order, Parent parent) {
    parent.enter(Phase.ENGINE);
    EngineLoader.load(0, order.device(), order.precision());
    parent.settles(CudaHeap.of(EngineLoader.device(order.device())));
    parent.enter(Phase.LOAD);
    try (NDManager manager = NDManager.newBaseManager(EngineLoader.device(order.device()))) {
      return new StepTrial(order, manager).run(parent);
    }
  }

  private Message.Stepped run(Parent parent) {
    List<Double> seconds = new ArrayList<>();
    try (AdamW optimizer = new AdamW(manager, WEIGHT_DECAY)) {
      parent.enter(Phase.TRAIN);
      for (int i = -order.warmup(); i < order.steps(); i++) {
        long began = System.nanoTime();
        step(optimizer);
        if (i >= 0) {
          seconds.add((System.nanoTime() - began) / 1e9);
        }
      }
      return new Message.Stepped(seconds);
    }
  }

  private void step(AdamW optimizer) {
    try (NDScope scope = Part.scope()) {
      NDList inputs = learner.inputs(images);
      if (order.forward()) {
        learner.logits(inputs, false).toFloatArray();
      } else {
        learner.step(inputs, labels, leaves -> optimizer.update(leaves, LR));
      }
    }
  }
}
