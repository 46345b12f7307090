package org.peftbench.methods.vpt;

import org.junit.jupiter.api.Test;
import org.peftbench.testkit.Fixture;
import org.peftbench.testkit.ReferenceChecks;
import org.peftbench.testkit.Subject;

/** Values and training agree with the equations written in PyTorch: src/test/python/vpt.py. */
class VptReferenceTest {

  private final Fixture fixture = Fixture.read(VptReferenceTest.class, "vpt.txt");

  @Test
  void shallowAgreesWithTheReference() {
    ReferenceChecks.agrees(fixture, "shallow", Subject.of(new VptShallowMethod(), "prompts=2"));
  }

  @Test
  void deepAgreesWithTheReference() {
    ReferenceChecks.agrees(fixture, "deep", Subject.of(new VptDeepMethod(), "prompts=2,dropout=0"));
  }
}
