package org.peftbench.worker;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.engine.StandardCapabilities;
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
          "PyTorch cannot be loaded for device " + wanted + ": " + why(e), e);
    }
    requireAutocast(precision);
    if (wanted.isGpu()) {
      LibTorch.loaded().allowTf32(precision == Precision.TF32);
      touch(engine, wanted);
    }
    engine.setRandomSeed(Math.toIntExact(seed));
    Optional<EngineBuild> build = BuildReader.read(device(wanted), precision);
    return new EngineFacts(
        "PyTorch " + build.map(EngineFacts::words).orElse(engine.getVersion()),
        Integer.getInteger("ai.djl.pytorch.num_threads", 0),
        wanted.cuda().map(number -> wanted.toString()).orElse(""),
        build);
  }

  private static void requireAutocast(Precision precision) {
    if (!precision.lowersFrozen()) {
      return;
    }
    try {
      LibTorch.loaded();
    } catch (UnsupportedOperationException e) {
      throw new WrongInputException("--precision " + precision + ": " + e.getMessage(), e);
    }
  }

  private static String words(EngineBuild build) {
    return build.version()
        + build.cuda().map(cuda -> ", CUDA " + cuda).orElse("")
        + build.cudnn().map(cudnn -> ", cuDNN " + cudnn).orElse("");
  }

  /**
   * Makes CUDA's context, which is part of the floor and not of the weights that come next. Whether
   * there is CUDA is for libtorch to say: DJL's own count of GPUs is that of another library, which
   * need not be there.
   */
  private static void touch(Engine engine, Device wanted) {
    boolean cuda = engine.hasCapability(StandardCapabilities.CUDA);
    try {
      FirstUse.of(device(wanted));
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

  /** DJL's name for a device: the one GPU that a child sees is its first. */
  static ai.djl.Device device(Device device) {
    return device.isGpu() ? ai.djl.Device.gpu(0) : ai.djl.Device.cpu();
  }

  Message message() {
    return new Message.Engine(engine, threads, accelerator, build);
  }
}
