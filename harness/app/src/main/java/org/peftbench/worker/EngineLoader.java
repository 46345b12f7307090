package org.peftbench.worker;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.engine.StandardCapabilities;
import org.peftbench.WrongInputException;
import org.peftbench.cell.Device;
import org.peftbench.model.Precision;
import org.peftbench.training.LibTorch;

/** Loads the engine into a child. */
final class EngineLoader {

  private EngineLoader() {}

  /**
   * Loads the engine for IEEE float32, and seeds it.
   *
   * @throws WrongInputException if it cannot be loaded or has no such device
   */
  static void load(long seed, Device wanted) {
    load(seed, wanted, Precision.FLOAT32);
  }

  /**
   * Loads the engine for a precision, and seeds it.
   *
   * @throws WrongInputException if it cannot be loaded or has no such device
   */
  static void load(long seed, Device wanted, Precision precision) {
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
          "PyTorch %s %s: %s"
              .formatted(
                  engine.getVersion(),
                  cuda ? "does not compute on " + wanted : "finds no CUDA",
                  why(e)),
          e);
    }
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
}
