package org.peftbench.methods.adapterplus;

import org.junit.jupiter.api.Test;
import org.peftbench.testkit.Fixture;
import org.peftbench.testkit.ReferenceChecks;
import org.peftbench.testkit.Subject;

/**
 * Values and training agree with the equations written in PyTorch: src/test/python/adapterplus.py.
 */
class AdapterPlusReferenceTest {

  private final Fixture fixture = Fixture.read(AdapterPlusReferenceTest.class, "adapterplus.txt");

  @Test
  void agreesWithTheReference() {
    ReferenceChecks.agrees(
        fixture, "default", Subject.of(new AdapterPlusMethod(), "bottleneck=4,drop-path=0"));
  }
}
