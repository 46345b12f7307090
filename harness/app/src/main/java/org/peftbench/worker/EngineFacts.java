package org.peftbench.worker;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import java.util.Optional;
import org.peftbench.WrongInputException;
import org.peftbench.cell.Device;
import org.peftbench.link.Message;
import org.peftbench.model.Precision;
import org.peftbench.result.EngineBuild;
import org.peftbench.training.LibTorch;

/**
 * What a child computes with.
 *
 * @param engine name and version
 * @param threads engine threads
 * @param accelerator device name; empty on a CPU
 * @param build what the library says of itself, where the system tells which one is loaded
 */
record EngineFacts(String engine, int threads, String accelerator, Optional<EngineBuild> build) {

  /**
   * Loads the engine for IEEE float32, and seeds it.
   *
   * @throws WrongInputException if it cannot be loaded or has no such device
   */
  static EngineFacts load(long seed, Device wanted) {
    return load(seed, wanted, Precision.FLOAT32);
  }

  /**
   * Loads the engine for a precision, and seeds it.
   *
   * @throws WrongInputException if it cannot be loaded or has no such device
   */
  static EngineFacts load(long seed, Device wanted, Precision precision) {
    Engine engine;
    try {
      engine = Engine.getEngine("PyTorch");
    } catch (EngineException e) {
      throw new WrongInputException(
          "PyTorch cannot be loaded for device "
              + wanted
              + ": "
              + e.getMessage()
              + "; bench doctor says what is missing",
          e);
    }
    if (wanted.isGpu() && engine.getGpuCount() == 0) {
      throw new WrongInputException(
          "there is no device "
              + wanted
              + ": PyTorch "
              + engine.getVersion()
              + " sees no such GPU; bench doctor says what is missing");
    }
    if (wanted.isGpu()) {
      LibTorch.loaded().allowTf32(precision == Precision.TF32);
      FirstUse.of(device(wanted));
    }
    engine.setRandomSeed(Math.toIntExact(seed));
    Optional<EngineBuild> build = BuildReader.read(device(wanted), precision);
    return new EngineFacts(
        "PyTorch " + build.map(EngineFacts::words).orElse(engine.getVersion()),
        Integer.getInteger("ai.djl.pytorch.num_threads", 0),
        wanted.cuda().map(number -> wanted.toString()).orElse(""),
        build);
  }

  private static String words(EngineBuild build) {
    return build.version()
        + build.cuda().map(cuda -> ", CUDA " + cuda).orElse("")
        + build.cudnn().map(cudnn -> ", cuDNN " + cudnn).orElse("");
  }

  /** DJL's name for a device: the one GPU that a child sees is its first. */
  static ai.djl.Device device(Device device) {
    return device.isGpu() ? ai.djl.Device.gpu(0) : ai.djl.Device.cpu();
  }

  Message message() {
    return new Message.Engine(engine, threads, accelerator, build);
  }
}
