package org.peftbench.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.peftbench.cell.MethodChoice;
import org.peftbench.model.ViTConfig;

class WideRanksTest {

  private static List<String> notes(String option, String value) {
    TreeMap<String, String> options = new TreeMap<>(Map.of(option, value, "scale", "900.5"));
    MethodChoice choice = new MethodChoice("lora", options, options, Optional.empty());
    return WideRanks.notes(
        List.of(Candidate.unusable(choice, Optional.empty())), ViTConfig.named(ViTConfig.POCKET));
  }

  @Test
  void aRankAboveTheWidthIsNoted() {
    assertEquals(
        List.of("lora[rank=129,scale=900.5]: a rank of 129 is above the backbone's width of 128"),
        notes("rank", "129"));
    assertEquals(1, notes("bottleneck", "65536").size());
  }

  @Test
  void otherValuesAreNot() {
    assertEquals(List.of(), notes("rank", "128"));
    assertEquals(List.of(), notes("heads", "1000"));
    assertEquals(List.of(), notes("rank", "many"));
  }
}
