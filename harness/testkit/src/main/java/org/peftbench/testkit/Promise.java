package org.peftbench.testkit;

import java.util.List;
import java.util.function.Consumer;
import org.peftbench.model.ViTConfig;
import org.peftbench.spi.PeftMethod;

/**
 * A promise that every method makes, and the check of it.
 *
 * @param name what is promised, in words
 * @param check fails if it is not kept
 */
public record Promise(String name, Check check) {

  /** Checks whether a promise is kept. */
  public interface Check {

    /**
     * Checks a method.
     *
     * @throws AssertionError saying how the promise is broken
     */
    <C extends Record> void of(Subject<C> subject);
  }

  /** A check of a method on one size of backbone. */
  interface SizedCheck {
    <C extends Record> void of(Subject<C> subject, ViTConfig size);
  }

  /** Makes a promise of what a method says of itself. */
  static Promise declared(String name, Consumer<PeftMethod<?>> check) {
    return new Promise(
        name,
        new Check() {
          @Override
          public <C extends Record> void of(Subject<C> subject) {
            check.accept(subject.method());
          }
        });
  }

  /** Makes a promise that holds on every one of the {@link TinyModels}. */
  static Promise onEverySize(String name, SizedCheck check) {
    return on(TinyModels.SIZES, name, check);
  }

  /** Makes a promise that is broken on every size or none; it is checked on the cheapest. */
  static Promise onOneSize(String name, SizedCheck check) {
    return on(TinyModels.SIZES.subList(0, 1), name, check);
  }

  private static Promise on(List<ViTConfig> sizes, String name, SizedCheck check) {
    return new Promise(
        name,
        new Check() {
          @Override
          public <C extends Record> void of(Subject<C> subject) {
            sizes.forEach(size -> check.of(subject, size));
          }
        });
  }
}
