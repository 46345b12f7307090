package org.peftbench.methods.convpass;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.peftbench.methods.convpass.ConvpassConfig.ConvInit;
import org.peftbench.methods.convpass.ConvpassConfig.Target;
import org.peftbench.testkit.Fixture;
import org.peftbench.testkit.ReferenceChecks;
import org.peftbench.testkit.Subject;

/** Values and training agree with the equations written in PyTorch: src/test/python/convpass.py. */
class ConvpassReferenceTest {

  private final Fixture fixture = Fixture.read(ConvpassReferenceTest.class, "convpass.txt");

  @ParameterizedTest
  @EnumSource
  void agreesWithTheReference(Target target) {
    ConvpassConfig config = new ConvpassConfig(4, 0.6, 0, target, ConvInit.IDENTITY);
    String variant = target.name().toLowerCase(Locale.ROOT);
    ReferenceChecks.agrees(fixture, variant, new Subject<>(new ConvpassMethod(), config));
  }
}
