package org.peftbench.testkit;

import java.util.List;
import java.util.function.Consumer;
import org.peftbench.model.ViTConfig;
import org.peftbench.spi.PeftMethod;

/**
 * One thing that every method promises.
 *
 * @param name what is promised, in words
 * @param check fails if it is not kept
 */
public record Promise(String name, Check check) {

  /** Looks whether a promise is kept. */
  public interface Check {

    /**
     * Looks at a method.
     *
     * @throws AssertionError saying how the promise is broken
     */
    <C extends Record> void of(Subject<C> subject);
  }

  /** A check of a method on one size of backbone. */
  interface SizedCheck {
    <C extends Record> void of(Subject<C> subject, ViTConfig size);
  }

  /** A promise of what a method says of itself. */
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

  /** A promise that holds on every one of the {@link TinyModels}. */
  static Promise onEverySize(String name, SizedCheck check) {
    return on(TinyModels.SIZES, name, check);
  }

  /** A promise that no size can hide the breach of; looked at where it is cheapest. */
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
