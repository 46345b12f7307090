package org.peftbench.testkit;

import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.peftbench.spi.Hyperparameter;
import org.peftbench.spi.Hyperparameters;
import org.peftbench.spi.PeftMethod;
import org.peftbench.spi.Preset;
import org.peftbench.spi.SearchRange;

/** Checks what a method says of itself. */
final class DeclarationChecks {

  private DeclarationChecks() {}

  static void idIsKebabCase(PeftMethod<?> method) {
    if (!PeftMethod.isName(method.id())) {
      throw new AssertionError(
          "'" + method.id() + "' is not made of lower-case words joined by hyphens");
    }
  }

  static void describesItself(PeftMethod<?> method) {
    if (method.title().isBlank() || method.equation().isBlank()) {
      throw new AssertionError(method.id() + " lacks a title or an equation");
    }
    if (!method.bibtex().startsWith("@") || !method.bibtex().endsWith("}")) {
      throw new AssertionError(method.id() + " has no BibTeX entry: " + method.bibtex());
    }
    if (method.reconstructions().stream().anyMatch(String::isBlank)) {
      throw new AssertionError(method.id() + " has an empty reconstruction");
    }
  }

  static void everyHyperparameterHasADefaultInRange(PeftMethod<?> method) {
    fits(method, Map.of());
    for (Hyperparameter one : Hyperparameters.of(method).all()) {
      String doc = one.option().doc();
      if (doc.isBlank() || doc.endsWith(".")) {
        throw new AssertionError(method.id() + ": " + one.name() + " has no proper doc: " + doc);
      }
      one.search()
          .ifPresent(range -> tried(range).forEach(text -> fits(method, Map.of(one.name(), text))));
    }
  }

  /** What a study may try: all choices, or both ends of an interval. */
  private static List<String> tried(SearchRange range) {
    return range.choices().isEmpty() ? List.of(range.at(0), range.at(1)) : range.choices();
  }

  private static void fits(PeftMethod<?> method, Map<String, String> given) {
    try {
      Hyperparameters.of(method).read(given);
    } catch (IllegalArgumentException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  static void presetsFit(PeftMethod<?> method) {
    for (Preset preset : method.presets()) {
      if (!PeftMethod.isName(preset.name()) || preset.source().isBlank()) {
        throw new AssertionError("preset '" + preset.name() + "' lacks a proper name or a source");
      }
      preset.tasks().values().forEach(options -> fits(method, options));
    }
  }

  static void isFoundOnce(PeftMethod<?> method) {
    List<? extends Class<?>> found =
        ServiceLoader.load(PeftMethod.class, method.getClass().getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .filter(one -> one.id().equals(method.id()))
            .map(Object::getClass)
            .toList();
    if (!found.equals(List.of(method.getClass()))) {
      throw new AssertionError(
          "ServiceLoader finds "
              + found
              + " under the id '"
              + method.id()
              + "', and should find "
              + method.getClass()
              + " alone: see META-INF/services/"
              + PeftMethod.class.getName());
    }
  }
}
