package org.peftbench.methods.adaptformer;

import org.junit.jupiter.api.Test;
import org.peftbench.testkit.Fixture;
import org.peftbench.testkit.ReferenceChecks;
import org.peftbench.testkit.Subject;

/** Values and training agree with the equation in PyTorch: src/test/python/adaptformer.py. */
class AdaptFormerReferenceTest {

  @Test
  void agreesWithTheReference() {
    Fixture fixture = Fixture.read(AdaptFormerReferenceTest.class, "adaptformer.txt");
    ReferenceChecks.agrees(
        fixture, "beside", Subject.of(new AdaptFormerMethod(), "bottleneck=5,scale=0.7,dropout=0"));
  }
}
