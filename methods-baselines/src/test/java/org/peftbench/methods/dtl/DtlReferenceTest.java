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
    DtlConfig config = new DtlConfig(2, 100, 0.5);
    ReferenceChecks.agrees(fixture, "default", new Subject<>(new DtlMethod(), config));
  }

  @Test
  void gentleDtlOnTheLastBlockAgreesWithTheReference() {
    DtlConfig config = new DtlConfig(3, 1.5, 0.34);
    ReferenceChecks.agrees(fixture, "gentle", new Subject<>(new DtlMethod(), config));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void dtlPlusAgreesWithTheReference(int kernel) {
    DtlPlusConfig config = new DtlPlusConfig(2, 100, 0.5, kernel);
    ReferenceChecks.agrees(fixture, "plus-" + kernel, new Subject<>(new DtlPlusMethod(), config));
  }
}
