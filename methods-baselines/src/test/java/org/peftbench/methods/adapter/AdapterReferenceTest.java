package org.peftbench.methods.adapter;

import org.junit.jupiter.api.Test;
import org.peftbench.testkit.Fixture;
import org.peftbench.testkit.ReferenceChecks;
import org.peftbench.testkit.Subject;

/** Values and training agree with the equations written in PyTorch: src/test/python/adapter.py. */
class AdapterReferenceTest {

  private static final String OPTIONS = "bottleneck=4,dropout=0";

  private final Fixture fixture = Fixture.read(AdapterReferenceTest.class, "adapter.txt");

  @Test
  void pfeifferAgreesWithTheReference() {
    ReferenceChecks.agrees(fixture, "pfeiffer", Subject.of(new AdapterPfeifferMethod(), OPTIONS));
  }

  @Test
  void houlsbyAgreesWithTheReference() {
    ReferenceChecks.agrees(fixture, "houlsby", Subject.of(new AdapterHoulsbyMethod(), OPTIONS));
  }
}
