package org.peftbench.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import org.junit.jupiter.api.Test;

class EngineFactsTest {

  @Test
  void deviceNamesOfTheCommandLineAreDevicesOfTheEngine() {
    assertEquals(Device.cpu(), EngineFacts.device("cpu"));
    assertEquals(Device.gpu(0), EngineFacts.device("cuda:0"));
    assertEquals(Device.gpu(12), EngineFacts.device("cuda:12"));
  }
}
