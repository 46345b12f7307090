package org.peftbench.methods.ssf;

import org.junit.jupiter.api.Test;
import org.peftbench.testkit.Fixture;
import org.peftbench.testkit.ReferenceChecks;
import org.peftbench.testkit.Subject;

/** Values and training agree with the equations written in PyTorch: src/test/python/ssf.py. */
class SsfReferenceTest {

  private final Fixture fixture = Fixture.read(SsfReferenceTest.class, "ssf.txt");

  @Test
  void agreesWithTheReference() {
    ReferenceChecks.agrees(fixture, "default", Subject.of(new SsfMethod(), ""));
  }
}
