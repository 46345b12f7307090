package org.peftbench.methods.fact;

import org.junit.jupiter.api.Test;
import org.peftbench.testkit.Fixture;
import org.peftbench.testkit.ReferenceChecks;
import org.peftbench.testkit.Subject;

/** Values and training agree with the equations written in PyTorch: src/test/python/fact.py. */
class FactReferenceTest {

  private final Fixture fixture = Fixture.read(FactReferenceTest.class, "fact.txt");

  @Test
  void tensorTrainAgreesWithTheReference() {
    FactTtConfig config = new FactTtConfig(3, 2, 0);
    ReferenceChecks.agrees(fixture, "tt", new Subject<>(new FactTtMethod(), config));
  }

  @Test
  void tuckerAgreesWithTheReference() {
    FactTkConfig config = new FactTkConfig(3, 2, 0);
    ReferenceChecks.agrees(fixture, "tk", new Subject<>(new FactTkMethod(), config));
  }
}
