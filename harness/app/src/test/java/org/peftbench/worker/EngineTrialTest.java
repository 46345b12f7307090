package org.peftbench.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.peftbench.image.Refusal.assertRefused;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.peftbench.cell.Device;
import org.peftbench.link.Message;

class EngineTrialTest {

  /** Ten classes: a network that knows nothing has a loss of ln 10 = 2.3 nats. */
  @Test
  void theTrialTrainsAndComesOutTheSameAgain() {
    Message.EngineWorks first = EngineTrial.run(Device.CPU);
    List<Double> losses = first.losses();
    assertEquals(3, losses.size());
    assertEquals(2.3, losses.get(0), 0.3);
    assertTrue(losses.get(2) < losses.get(0) - 0.01, losses.toString());
    List<Double> again = EngineTrial.run(Device.CPU).losses();
    for (int i = 0; i < losses.size(); i++) {
      assertEquals(losses.get(i), again.get(i), 1e-6);
    }
    assertTrue(first.text().matches("PyTorch 2\\.7\\.1, \\d+ threads, on cpu"), first.text());
  }

  @Test
  void aGpuIsRefusedInPyTorchsWordsWhereItHasNoCuda() {
    assertRefused(() -> EngineTrial.run(Device.named("cuda:0")), "PyTorch 2.7.1 finds no CUDA: ");
  }
}
