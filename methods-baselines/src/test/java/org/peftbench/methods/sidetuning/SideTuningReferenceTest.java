package org.peftbench.methods.sidetuning;

import org.junit.jupiter.api.Test;
import org.peftbench.testkit.Fixture;
import org.peftbench.testkit.ReferenceChecks;
import org.peftbench.testkit.Subject;

/**
 * Values and training agree with the equations written in PyTorch: src/test/python/sidetuning.py.
 */
class SideTuningReferenceTest {

  private final Fixture fixture = Fixture.read(SideTuningReferenceTest.class, "sidetuning.txt");

  @Test
  void agreesWithTheReference() {
    ReferenceChecks.agrees(
        fixture, "half", Subject.of(new SideTuningMethod(), "reduction=2,depth=2"));
  }
}
