package org.peftbench.worker;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.peftbench.WrongInputException;
import org.peftbench.cell.Device;
import org.peftbench.link.Message;

/** Loads the engine for a device, as a cell would, and computes once. */
final class EngineTrial {

  private EngineTrial() {}

  static Message.EngineWorks run(Device device) {
    EngineFacts facts = EngineFacts.load(0, device);
    try (NDManager manager = NDManager.newBaseManager(EngineFacts.device(device));
        NDArray two = manager.create(2f)) {
      if (two.mul(two).getFloat() != 4f) {
        throw new WrongInputException("2 x 2 came out wrong");
      }
    }
    return new Message.EngineWorks(
        facts.engine() + ", " + facts.threads() + " threads, on " + device);
  }
}
