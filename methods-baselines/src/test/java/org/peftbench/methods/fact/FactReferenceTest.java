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
    ReferenceChecks.agrees(
        fixture, "tt", Subject.of(new FactTtMethod(), "rank=3,scale=2,dropout=0"));
  }

  @Test
  void tuckerAgreesWithTheReference() {
    ReferenceChecks.agrees(
        fixture, "tk", Subject.of(new FactTkMethod(), "rank=3,scale=2,dropout=0"));
  }
}
