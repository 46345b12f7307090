package org.peftbench.worker;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.engine.StandardCapabilities;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.peftbench.WrongInputException;
import org.peftbench.cell.Device;
import org.peftbench.link.Message;

/**
 * What a child computes with.
 *
 * @param engine name and version
 * @param threads engine threads
 * @param accelerator device name; empty on a CPU
 */
record EngineFacts(String engine, int threads, String accelerator) {

  /**
   * Loads the engine and seeds it.
   *
   * @throws WrongInputException if it cannot be loaded or has no such device
   */
  static EngineFacts load(long seed, Device wanted) {
    Engine engine;
    try {
      engine = Engine.getEngine("PyTorch");
    } catch (EngineException e) {
      throw new WrongInputException(
          "PyTorch cannot be loaded for device " + wanted + ": " + why(e), e);
    }
    if (wanted.isGpu()) {
      touch(engine, wanted);
    }
    engine.setRandomSeed(Math.toIntExact(seed));
    return new EngineFacts(
        engineName(engine),
        Integer.getInteger("ai.djl.pytorch.num_threads", 0),
        wanted.cuda().map(number -> wanted.toString()).orElse(""));
  }

  /**
   * Makes CUDA's context, which is part of the floor and not of the weights that come next. Whether
   * there is CUDA is for libtorch to say: DJL's own count of GPUs is that of another library, which
   * need not be there.
   */
  private static void touch(Engine engine, Device wanted) {
    boolean cuda = engine.hasCapability(StandardCapabilities.CUDA);
    try (NDManager manager = NDManager.newBaseManager(device(wanted));
        NDArray one = manager.ones(new Shape(1))) {
      one.toFloatArray();
    } catch (EngineException e) {
      throw new WrongInputException(
          "%s %s: %s"
              .formatted(
                  engineName(engine),
                  cuda ? "does not compute on " + wanted : "finds no CUDA",
                  why(e)),
          e);
    }
  }

  private static String engineName(Engine engine) {
    return "PyTorch " + engine.getVersion();
  }

  /** The engine's first sentence, and what was at the bottom of it. */
  static String why(Throwable thrown) {
    String text = String.valueOf(thrown.getMessage()).lines().findFirst().orElse("");
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String sentence = text.replaceFirst("\\. .*", "");
    return root == thrown
        ? sentence
        : sentence + " (" + root.getClass().getSimpleName() + ": " + root.getMessage() + ")";
  }

  /** DJL's name for a device. */
  static ai.djl.Device device(Device device) {
    return device.cuda().map(ai.djl.Device::gpu).orElseGet(ai.djl.Device::cpu);
  }

  Message message() {
    return new Message.Engine(engine, threads, accelerator);
  }
}
