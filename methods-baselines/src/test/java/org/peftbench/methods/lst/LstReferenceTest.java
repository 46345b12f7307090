package org.peftbench.methods.lst;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peftbench.testkit.Fixture;
import org.peftbench.testkit.ReferenceChecks;
import org.peftbench.testkit.Subject;

/** Values and training agree with the equations written in PyTorch: src/test/python/lst.py. */
class LstReferenceTest {

  private final Fixture fixture = Fixture.read(LstReferenceTest.class, "lst.txt");

  @ParameterizedTest
  @CsvSource({"half, 2, 0.1", "quarter, 4, 0.5"})
  void agreesWithTheReference(String variant, int reduction, double temperature) {
    String options = "reduction=%s,temperature=%s".formatted(reduction, temperature);
    ReferenceChecks.agrees(fixture, variant, Subject.of(new LstMethod(), options));
  }
}
