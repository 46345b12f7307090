package org.peftbench.testkit;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.peftbench.spi.PeftMethod;

/**
 * Tests that a method keeps what every method promises: {@link Contract}. Extend it in the method's
 * tests, and add a nested {@link Variant} for each other way of configuring the method that is
 * worth testing; the method's own equations are tested beside it.
 *
 * @param <C> the method's record of hyper-parameters
 */
public abstract class PeftMethodContract<C extends Record> {

  /** The method. */
  protected abstract PeftMethod<C> method();

  /** The hyper-parameters to test with; the defaults unless overridden. */
  protected C config() {
    return config("");
  }

  /**
   * Reads hyper-parameters as users type them; those not given have their defaults.
   *
   * @param options such as {@code rank=4,bias=true}
   */
  protected final C config(String options) {
    return Subject.of(method(), options).config();
  }

  @TestFactory
  final Stream<DynamicTest> keeps() {
    Subject<C> subject = new Subject<>(method(), config());
    return Contract.PROMISES.stream()
        .map(promise -> dynamicTest(promise.name(), () -> promise.check().of(subject)));
  }

  /** Tests the same method with other hyper-parameters, in a nested class. */
  protected abstract class Variant extends PeftMethodContract<C> {

    private final String options;

    /** Chooses hyper-parameters as users type them: {@code rank=4,bias=true}. */
    protected Variant(String options) {
      this.options = options;
    }

    @Override
    protected final PeftMethod<C> method() {
      return PeftMethodContract.this.method();
    }

    @Override
    protected final C config() {
      return config(options);
    }
  }
}
