package org.peftbench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.peftbench.result.CellRecord;
import org.peftbench.result.Records;

class NoiseTest {

  private static final double CLOSE = 1e-3;

  private static CellRecord cell(long seed, long correct) {
    return Records.succeeded(
        Records.cell(Records.method("lora"), "cifar100", seed, Records.PROTOCOL), correct);
  }

  /** By hand: deviations 1 and 3, t(0.975; 4) = 2.7764, t(0.8; 4) = 0.9410, sqrt(2/3). */
  @Test
  void visibleIsWhatATTestFindsInFourOfFiveExperiments() {
    Noise noise = Noise.of("t", "q", new double[] {9, 10, 11}, new double[] {8, 11, 14});
    assertEquals(10, noise.first(), CLOSE);
    assertEquals(11, noise.second(), CLOSE);
    assertEquals(Math.sqrt(5), noise.deviation(), CLOSE);
    assertEquals((2.7764 + 0.9410) * Math.sqrt(5) * Math.sqrt(2.0 / 3), noise.visible(), CLOSE);
  }

  @Test
  void accuracyTimeAndMemoryAreComparedForEachTask() {
    List<Noise> noises =
        Noise.between(List.of(cell(0, 500), cell(2, 520)), List.of(cell(1, 510), cell(3, 530)));
    assertEquals(
        List.of("accuracy (%)", "train (s)", "train peak memory (MiB)"),
        noises.stream().map(Noise::quantity).toList());
    assertEquals(51, noises.get(0).first(), CLOSE);
    assertEquals(52, noises.get(0).second(), CLOSE);
    assertEquals(101, noises.get(1).first(), CLOSE); // 100 s, and one more for each seed
    assertEquals(2001, noises.get(2).first(), CLOSE);
  }

  @Test
  void oneSeedSaysNothing() {
    assertEquals(List.of(), Noise.between(List.of(cell(0, 500)), List.of(cell(1, 510))));
  }
}
