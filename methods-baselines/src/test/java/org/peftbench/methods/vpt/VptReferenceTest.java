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
    VptShallowConfig config = new VptShallowConfig(2, 0);
    ReferenceChecks.agrees(fixture, "shallow", new Subject<>(new VptShallowMethod(), config));
  }

  @Test
  void deepAgreesWithTheReference() {
    VptDeepConfig config = new VptDeepConfig(2, 0);
    ReferenceChecks.agrees(fixture, "deep", new Subject<>(new VptDeepMethod(), config));
  }
}
