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
import org.peftbench.plugin.LoadedMethod;
import org.peftbench.plugin.MethodRegistry;
import org.peftbench.train.Stepper;
import org.peftbench.training.AdamW;
import org.peftbench.training.Learner;
import org.peftbench.training.SharedTaps;

/** Times training steps on random images, of one learner or of several on one backbone. */
final class StepTrial {

  private static final int CLASSES = 100;
  private static final double LR = 1e-3;
  private static final double WEIGHT_DECAY = 1e-4;

  private final Order.Step order;
  private final NDManager manager;
  private final CudaHeap heap;
  private final List<Learner> learners = new ArrayList<>();
  private final SharedTaps taps;
  private final NDArray images;
  private final NDArray labels;
  private final List<Double> seconds = new ArrayList<>();
  private final List<Double> backboneSeconds = new ArrayList<>();

  private StepTrial(Order.Step order, NDManager manager, CudaHeap heap) {
    this.order = order;
    this.manager = manager;
    this.heap = heap;
    ViTConfig config = order.backbone();
    VisionTransformer backbone = new VisionTransformer(config);
    backbone.initialize(manager, 0);
    LoadedMethod<?> method = MethodRegistry.of(order.jar()).bind(order.method());
    for (int seed = 0; seed < order.parallel(); seed++) {
      Learner learner = method.attach(backbone, CLASSES).in(order.precision());
      learner.initialize(manager, seed);
      learners.add(learner);
    }
    this.taps = SharedTaps.of(learners);
    this.images = RandomImages.of(manager, config, order.batchSize());
    this.labels = manager.zeros(new Shape(order.batchSize()), DataType.INT64);
  }

  static Message.Stepped run(Order.Step order, Parent parent) {
    parent.enter(Phase.ENGINE);
    EngineLoader.load(0, order.device(), order.precision());
    CudaHeap heap = CudaHeap.of(EngineLoader.device(order.device()));
    parent.settles(heap);
    parent.enter(Phase.LOAD);
    try (NDManager manager = NDManager.newBaseManager(EngineLoader.device(order.device()))) {
      return new StepTrial(order, manager, heap).run(parent);
    }
  }

  private Message.Stepped run(Parent parent) {
    List<Stepper> steppers =
        learners.stream()
            .map(learner -> new Stepper(learner, new AdamW(manager, WEIGHT_DECAY)))
            .toList();
    try {
      parent.enter(Phase.TRAIN);
      for (int i = -order.warmup(); i < order.steps(); i++) {
        step(steppers, i >= 0);
      }
    } finally {
      steppers.forEach(stepper -> stepper.optimizer().close());
    }
    return new Message.Stepped(seconds, backboneSeconds, Pupil.bytes(learners.get(0)));
  }

  private void step(List<Stepper> steppers, boolean counts) {
    long began = System.nanoTime();
    long read;
    try (NDScope scope = Part.scope()) {
      NDList inputs = taps.read(images);
      if (learners.size() > 1) {
        heap.finish();
      }
      read = System.nanoTime();
      steppers.forEach(stepper -> step(stepper, inputs));
    }
    if (counts) {
      seconds.add((System.nanoTime() - began) / 1e9);
      backboneSeconds.add(learners.get(0).readsOnly() ? (read - began) / 1e9 : 0);
    }
  }

  private void step(Stepper stepper, NDList read) {
    try (NDScope scope = Part.scope()) {
      NDList inputs = taps.of(stepper.learner(), read);
      if (order.forward()) {
        stepper.learner().logits(inputs, false).toFloatArray();
      } else {
        stepper.step(inputs, labels, LR);
      }
    }
  }
}
