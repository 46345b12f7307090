package org.peftbench.methods.repadapter;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peftbench.methods.repadapter.RepAdapterConfig.Target;
import org.peftbench.testkit.Fixture;
import org.peftbench.testkit.ReferenceChecks;
import org.peftbench.testkit.Subject;

/** Values and training agree with the equations in PyTorch: src/test/python/repadapter.py. */
class RepAdapterReferenceTest {

  private final Fixture fixture = Fixture.read(RepAdapterReferenceTest.class, "repadapter.txt");

  @ParameterizedTest
  @CsvSource({"both, false, BOTH", "bias, true, BOTH", "attention, false, ATTENTION"})
  void agreesWithTheReference(String variant, boolean bias, Target target) {
    RepAdapterConfig config = new RepAdapterConfig(4, 2, 0.5, 0, bias, target);
    ReferenceChecks.agrees(fixture, variant, new Subject<>(new RepAdapterMethod(), config));
  }
}
