package org.peftbench.worker;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.jni.LibUtils;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.peftbench.WrongInputException;
import org.peftbench.cell.Device;
import org.peftbench.link.Message;
import org.peftbench.model.Precision;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.train.Feed;
import org.peftbench.train.Stepper;
import org.peftbench.training.AdamW;
import org.peftbench.training.Learner;

/** Loads the engine for a device, as a cell would, and trains a few steps. */
final class EngineTrial {

  private static final int STEPS = 3;
  private static final int BATCH = 8;
  private static final int CLASSES = 10;
  private static final double LR = 1e-3;
  private static final double WEIGHT_DECAY = 1e-4;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private EngineTrial() {}

  static Message.EngineWorks run(Device device) {
    EngineLoader.load(0, device);
    EngineFacts facts = EngineFacts.read(device, Precision.FLOAT32);
    return new Message.EngineWorks(
        facts.engine() + ", " + facts.threads() + " threads, on " + device, losses(device));
  }

  /** The engine fetches what it lacks when it is loaded. */
  static Message.EngineFetched fetch() {
    waitForBytes(PATIENCE);
    try {
      run(Device.CPU);
    } catch (WrongInputException e) {
      throw new WrongInputException(
          "the engine cannot fetch its CUDA set from DJL's servers: "
              + e.getMessage()
              + "; run again to begin anew",
          e);
    }
    return new Message.EngineFetched(LibUtils.getLibtorchPath());
  }

  /** How long the JDK's own client, which the engine fetches with, waits for the next byte. */
  private static void waitForBytes(Duration patience) {
    String millis = Long.toString(patience.toMillis());
    System.setProperty("sun.net.client.defaultConnectTimeout", millis);
    System.setProperty("sun.net.client.defaultReadTimeout", millis);
  }

  /**
   * Losses of all of a small transformer in training, in float32, from values and images that are
   * the same everywhere: on one device, two builds of the engine must agree on them.
   */
  private static List<Double> losses(Device device) {
    ViTConfig config = ViTConfig.named(ViTConfig.POCKET);
    try (NDManager manager = NDManager.newBaseManager(EngineLoader.device(device));
        AdamW optimizer = new AdamW(manager, WEIGHT_DECAY)) {
      VisionTransformer backbone = new VisionTransformer(config);
      backbone.initialize(manager, 0);
      Learner learner = Learner.pretraining(backbone, CLASSES);
      learner.initialize(manager, 0);
      Stepper stepper = new Stepper(learner, optimizer);
      List<Double> losses = new ArrayList<>();
      try (Feed<Integer> feed =
          Feed.of(
              manager,
              IntStream.range(0, STEPS).iterator(),
              (owner, step, memory) -> batch(owner, config))) {
        for (int step = 0; step < STEPS; step++) {
          losses.add((double) stepper.step(feed.next().orElseThrow(), images -> images, LR));
        }
      }
      return losses;
    }
  }

  private static NDList batch(NDManager owner, ViTConfig config) {
    return new NDList(
        RandomImages.of(owner, config, BATCH), owner.arange(0, BATCH, 1, DataType.INT64));
  }
}
