package org.peftbench.worker;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
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
          "PyTorch cannot be loaded for device "
              + wanted
              + ": "
              + e.getMessage()
              + "; bench doctor says what is missing",
          e);
    }
    if (wanted.isGpu() && engine.getGpuCount() <= wanted.cuda().orElseThrow()) {
      throw new WrongInputException(
          "there is no device "
              + wanted
              + ": PyTorch "
              + engine.getVersion()
              + " sees "
              + engine.getGpuCount()
              + " GPUs; bench doctor says what is missing");
    }
    if (wanted.isGpu()) {
      FirstUse.of(device(wanted));
    }
    engine.setRandomSeed(Math.toIntExact(seed));
    return new EngineFacts(
        "PyTorch " + engine.getVersion(),
        Integer.getInteger("ai.djl.pytorch.num_threads", 0),
        wanted.cuda().map(number -> wanted.toString()).orElse(""));
  }

  /** DJL's name for a device. */
  static ai.djl.Device device(Device device) {
    return device.cuda().map(ai.djl.Device::gpu).orElseGet(ai.djl.Device::cpu);
  }

  Message message() {
    return new Message.Engine(engine, threads, accelerator);
  }
}
