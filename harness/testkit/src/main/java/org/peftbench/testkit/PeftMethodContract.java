package org.peftbench.testkit;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.peftbench.spi.Hyperparameters;
import org.peftbench.spi.PeftMethod;

/**
 * What every method promises: {@link Contract}. Extend it in the method's tests, once for each way
 * of configuring the method that is worth testing; the method's own equations are tested beside it.
 *
 * @param <C> the method's record of hyper-parameters
 */
public abstract class PeftMethodContract<C extends Record> {

  /** The method. */
  protected abstract PeftMethod<C> method();

  /** The hyper-parameters to test with; the defaults unless overridden. */
  protected C config() {
    return Hyperparameters.of(method()).read(Map.of());
  }

  @TestFactory
  final Stream<DynamicTest> keeps() {
    Subject<C> subject = new Subject<>(method(), config());
    return Contract.PROMISES.stream()
        .map(promise -> dynamicTest(promise.name(), () -> promise.check().of(subject)));
  }
}
