package org.peftbench.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peftbench.WrongInputException;
import org.peftbench.cell.BackboneMemory;
import org.peftbench.model.Precision;
import org.peftbench.model.Tap;
import org.peftbench.model.ViTConfig;
import org.peftbench.plugin.MethodFacts;
import org.peftbench.result.Records;

class ResidenceTest {

  private static final ViTConfig GIANT = ViTConfig.named("vit-e14");
  private static final long GIB = 1L << 30;
  private static final MethodFacts SIDE = facts(1_000_000, List.of(Tap.block(3)));
  private static final MethodFacts LORA = facts(1_000_000, List.of());
  private static final MethodFacts FULL = facts(GIANT.values(), List.of());

  private static MethodFacts facts(long trained, List<Tap> taps) {
    return new MethodFacts(Records.method("some"), trained, taps, true, false);
  }

  private static Residence residence(
      @Nullable BackboneMemory wanted, long gib, Precision precision, boolean hasFile) {
    return new Residence(
        Optional.ofNullable(wanted), OptionalLong.of(gib * GIB), GIANT, precision, hasFile);
  }

  private static Residence in(long gib) {
    return residence(null, gib, Precision.FLOAT32, true);
  }

  /** Its weights are 14.18 GiB, 7.09 in bfloat16; four fifths may be full. */
  @ParameterizedTest
  @CsvSource({
    "4, FLOAT32, true, STREAMED",
    "17, FLOAT32, true, STREAMED",
    "18, FLOAT32, true, RESIDENT",
    "8, BFLOAT16, true, STREAMED",
    "9, BFLOAT16, true, RESIDENT",
    "4, FLOAT32, false, RESIDENT"
  })
  void aSideMethodsBackboneIsStreamedWhereItWouldNotFit(
      long gib, Precision precision, boolean hasFile, BackboneMemory expected) {
    assertEquals(expected, residence(null, gib, precision, hasFile).of(SIDE));
  }

  @Test
  void whatIsWantedIsDoneIfItCanBe() {
    Residence streamed = residence(BackboneMemory.STREAMED, 64, Precision.FLOAT32, true);
    assertEquals(BackboneMemory.STREAMED, streamed.of(SIDE));
    assertEquals(BackboneMemory.RESIDENT, streamed.of(LORA));
    Residence resident = residence(BackboneMemory.RESIDENT, 4, Precision.FLOAT32, true);
    assertEquals(BackboneMemory.RESIDENT, resident.of(SIDE));
    assertTrue(resident.tooLarge(SIDE).isPresent());
    Residence noFile = residence(BackboneMemory.STREAMED, 4, Precision.FLOAT32, false);
    assertThrows(WrongInputException.class, () -> noFile.of(SIDE));
  }

  @Test
  void whatCannotFitSaysWhatItWouldNeed() {
    assertEquals(Optional.empty(), in(4).tooLarge(SIDE));
    assertEquals(
        "weights of 14.18 GiB, gradients of 0.00 GiB and moments of 0.01 GiB are 14.19 GiB before"
            + " the first activation, more than the 4.00 GiB that there are",
        in(4).tooLarge(LORA).orElseThrow());
    assertEquals(Optional.empty(), in(15).tooLarge(LORA));
    assertTrue(
        in(15).tooLarge(FULL).orElseThrow().contains("gradients of 14.18 GiB and moments of 28.3"));
    assertEquals(Optional.empty(), in(57).tooLarge(FULL));
  }

  /** What is trained is never held in bfloat16. */
  @Test
  void fullFineTuningHoldsItsWeightsWhole() {
    Residence low = residence(null, 15, Precision.BFLOAT16, true);
    assertTrue(low.tooLarge(FULL).orElseThrow().startsWith("weights of 14.18 GiB"));
    assertEquals(Optional.empty(), residence(null, 8, Precision.BFLOAT16, true).tooLarge(LORA));
  }

  @Test
  void whatIsNotKnownStopsNobody() {
    Residence any =
        new Residence(Optional.empty(), OptionalLong.empty(), GIANT, Precision.FLOAT32, true);
    assertEquals(BackboneMemory.RESIDENT, any.of(SIDE));
    assertEquals(Optional.empty(), any.tooLarge(FULL));
  }
}
