package org.peftbench.methods.lora;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.peftbench.methods.lora.LoraConfig.Target;
import org.peftbench.testkit.Fixture;
import org.peftbench.testkit.ReferenceChecks;
import org.peftbench.testkit.Subject;

/** Values and training agree with the equations written in PyTorch: src/test/python/lora.py. */
class LoraReferenceTest {

  private final Fixture fixture = Fixture.read(LoraReferenceTest.class, "lora.txt");

  @ParameterizedTest
  @EnumSource
  void agreesWithTheReference(Target target) {
    LoraConfig config = new LoraConfig(4, 2, 0, target);
    String variant = target.name().toLowerCase(Locale.ROOT);
    ReferenceChecks.agrees(fixture, variant, new Subject<>(new LoraMethod(), config));
  }
}
