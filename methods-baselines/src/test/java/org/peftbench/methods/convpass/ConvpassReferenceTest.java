package org.peftbench.methods.convpass;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peftbench.testkit.Fixture;
import org.peftbench.testkit.ReferenceChecks;
import org.peftbench.testkit.Subject;

/** Values and training agree with the equations written in PyTorch: src/test/python/convpass.py. */
class ConvpassReferenceTest {

  private final Fixture fixture = Fixture.read(ConvpassReferenceTest.class, "convpass.txt");

  @ParameterizedTest
  @ValueSource(strings = {"both", "attention"})
  void agreesWithTheReference(String target) {
    String options = "bottleneck=4,scale=0.6,dropout=0,target=" + target;
    ReferenceChecks.agrees(fixture, target, Subject.of(new ConvpassMethod(), options));
  }
}
