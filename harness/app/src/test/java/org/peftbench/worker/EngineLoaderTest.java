package org.peftbench.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.peftbench.cell.Device;

class EngineLoaderTest {

  /** A child sees its GPU alone, whatever number that has. */
  @Test
  void deviceNamesOfTheCommandLineAreDevicesOfTheEngine() {
    assertEquals(ai.djl.Device.cpu(), EngineLoader.device(Device.CPU));
    assertEquals(ai.djl.Device.gpu(0), EngineLoader.device(Device.named("cuda:0")));
    assertEquals(ai.djl.Device.gpu(0), EngineLoader.device(Device.named("cuda:12")));
  }
}
