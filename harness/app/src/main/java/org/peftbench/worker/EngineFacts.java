package org.peftbench.worker;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.peftbench.WrongInputException;
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
  static EngineFacts load(long seed, String deviceName) {
    Engine engine;
    try {
      engine = Engine.getEngine("PyTorch");
    } catch (EngineException e) {
      throw new WrongInputException(
          "PyTorch cannot be loaded for device "
              + deviceName
              + ": "
              + e.getMessage()
              + "; bench doctor says what is missing",
          e);
    }
    Device device = device(deviceName);
    if (device.isGpu() && engine.getGpuCount() <= device.getDeviceId()) {
      throw new WrongInputException(
          "there is no device "
              + deviceName
              + ": PyTorch "
              + engine.getVersion()
              + " sees "
              + engine.getGpuCount()
              + " GPUs; bench doctor says what is missing");
    }
    if (device.isGpu()) {
      touch(device);
    }
    engine.setRandomSeed(Math.toIntExact(seed));
    return new EngineFacts(
        "PyTorch " + engine.getVersion(),
        Integer.getInteger("ai.djl.pytorch.num_threads", 0),
        device.isGpu() ? deviceName : "");
  }

  /** Makes CUDA's context, which is part of the floor and not of the weights that come next. */
  private static void touch(Device device) {
    try (NDManager manager = NDManager.newBaseManager(device);
        NDArray one = manager.ones(new Shape(1))) {
      one.toFloatArray();
    }
  }

  /** DJL's device for {@code cpu} or {@code cuda:n}, a name that DJL itself does not know. */
  static Device device(String name) {
    return name.equals("cpu")
        ? Device.cpu()
        : Device.gpu(Integer.parseInt(name.substring("cuda:".length())));
  }

  Message message() {
    return new Message.Engine(engine, threads, accelerator);
  }
}
