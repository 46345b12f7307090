package org.peftbench.methods.dtl;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peftbench.testkit.Fixture;
import org.peftbench.testkit.ReferenceChecks;
import org.peftbench.testkit.Subject;

/** Values and training agree with the equations written in PyTorch: src/test/python/dtl.py. */
class DtlReferenceTest {

  private final Fixture fixture = Fixture.read(DtlReferenceTest.class, "dtl.txt");

  @Test
  void dtlAgreesWithTheReference() {
    ReferenceChecks.agrees(fixture, "default", Subject.of(new DtlMethod(), ""));
  }

  @Test
  void gentleDtlOnTheLastBlockAgreesWithTheReference() {
    ReferenceChecks.agrees(
        fixture, "gentle", Subject.of(new DtlMethod(), "rank=3,beta=1.5,share=0.34"));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void dtlPlusAgreesWithTheReference(int kernel) {
    ReferenceChecks.agrees(
        fixture, "plus-" + kernel, Subject.of(new DtlPlusMethod(), "kernel=" + kernel));
  }
}
