package org.peftbench.tune;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.peftbench.WrongInputException;
import org.peftbench.plugin.MethodDescription;
import org.peftbench.spi.SearchRange;

/** Finds the space that a user asks for, and checks that every method can have what is in it. */
public final class Spaces {

  /** The word for the usual rates and decays, with what methods declare. */
  public static final String USUAL = "default";

  /** Binds options of a method, and gives all of them in their canonical spelling. */
  public interface Binder {
    /**
     * Binds.
     *
     * @throws WrongInputException if an option cannot have its value
     */
    SortedMap<String, String> bind(String method, Map<String, String> options);
  }

  private Spaces() {}

  /**
   * The space of a study.
   *
   * @param word {@value #USUAL}, or a file
   * @param known all methods
   * @param studied the options that were typed, by method: they are not tuned
   * @throws WrongInputException if the file is wrong, or a method cannot have a value
   */
  public static Space find(
      String word,
      Collection<MethodDescription> known,
      Map<String, ? extends Map<String, String>> studied,
      Binder binder) {
    Map<String, MethodDescription> byId = new TreeMap<>();
    known.forEach(method -> byId.put(method.id(), method));
    boolean usual = word.equals(USUAL);
    Space space = usual ? Space.usual(declared(known)) : SpaceFile.read(Path.of(word), byId);
    SortedMap<String, SortedMap<String, SearchRange>> methods = new TreeMap<>();
    studied.forEach(
        (id, typed) -> {
          SortedMap<String, SearchRange> options = new TreeMap<>();
          space
              .options(id)
              .forEach(
                  (name, range) -> {
                    if (!typed.containsKey(name)) {
                      options.put(name, canonical(word, id, name, range, typed, binder));
                    }
                  });
          if (!options.isEmpty()) {
            methods.put(id, options);
          }
        });
    return new Space(space.lr(), space.weightDecay(), methods);
  }

  private static SortedMap<String, SortedMap<String, SearchRange>> declared(
      Collection<MethodDescription> known) {
    SortedMap<String, SortedMap<String, SearchRange>> declared = new TreeMap<>();
    for (MethodDescription method : known) {
      SortedMap<String, SearchRange> options = new TreeMap<>();
      method
          .options()
          .forEach(option -> option.search().ifPresent(range -> options.put(option.name(), range)));
      declared.put(method.id(), options);
    }
    return declared;
  }

  private static SearchRange canonical(
      String word,
      String method,
      String name,
      SearchRange range,
      Map<String, String> typed,
      Binder binder) {
    Map<String, String> options = new TreeMap<>(typed);
    try {
      List<String> tried =
          range.choices().isEmpty() ? List.of(range.at(0), range.at(1)) : range.choices();
      List<String> spelt =
          tried.stream()
              .map(
                  value -> {
                    options.put(name, value);
                    return Optional.ofNullable(binder.bind(method, options).get(name))
                        .orElse(value);
                  })
              .toList();
      return range.interval().isPresent() ? range : SearchRange.of(spelt);
    } catch (WrongInputException | IllegalArgumentException e) {
      throw new WrongInputException(
          "--space %s: methods.%s.%s: %s".formatted(word, method, name, e.getMessage()), e);
    }
  }
}
