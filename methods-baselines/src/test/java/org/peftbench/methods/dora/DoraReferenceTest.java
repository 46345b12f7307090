package org.peftbench.methods.dora;

import org.junit.jupiter.api.Test;
import org.peftbench.testkit.Fixture;
import org.peftbench.testkit.ReferenceChecks;
import org.peftbench.testkit.Subject;

/** Values and training agree with the equations written in PyTorch: src/test/python/dora.py. */
class DoraReferenceTest {

  private final Fixture fixture = Fixture.read(DoraReferenceTest.class, "dora.txt");

  @Test
  void agreesWithTheReference() {
    ReferenceChecks.agrees(
        fixture, "default", Subject.of(new DoraMethod(), "rank=4,scale=2,dropout=0"));
  }
}
