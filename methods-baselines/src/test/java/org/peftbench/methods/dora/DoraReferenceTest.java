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
    DoraConfig config = new DoraConfig(4, 2, 0);
    ReferenceChecks.agrees(fixture, "default", new Subject<>(new DoraMethod(), config));
  }
}
