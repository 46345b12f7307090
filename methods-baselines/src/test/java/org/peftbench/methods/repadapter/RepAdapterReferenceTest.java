package org.peftbench.methods.repadapter;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peftbench.testkit.Fixture;
import org.peftbench.testkit.ReferenceChecks;
import org.peftbench.testkit.Subject;

/** Values and training agree with the equations in PyTorch: src/test/python/repadapter.py. */
class RepAdapterReferenceTest {

  private final Fixture fixture = Fixture.read(RepAdapterReferenceTest.class, "repadapter.txt");

  @ParameterizedTest
  @CsvSource({"both, false, both", "bias, true, both", "attention, false, attention"})
  void agreesWithTheReference(String variant, boolean bias, String target) {
    String options = "bottleneck=4,scale=0.5,dropout=0,bias=%s,target=%s".formatted(bias, target);
    ReferenceChecks.agrees(fixture, variant, Subject.of(new RepAdapterMethod(), options));
  }
}
