package org.peftbench.methods.lora;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peftbench.testkit.Fixture;
import org.peftbench.testkit.ReferenceChecks;
import org.peftbench.testkit.Subject;

/** Values and training agree with the equations written in PyTorch: src/test/python/lora.py. */
class LoraReferenceTest {

  private final Fixture fixture = Fixture.read(LoraReferenceTest.class, "lora.txt");

  @ParameterizedTest
  @ValueSource(strings = {"qkv", "qv"})
  void agreesWithTheReference(String target) {
    String options = "rank=4,scale=2,dropout=0,target=" + target;
    ReferenceChecks.agrees(fixture, target, Subject.of(new LoraMethod(), options));
  }
}
