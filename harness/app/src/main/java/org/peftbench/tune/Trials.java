package org.peftbench.tune;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.peftbench.WrongInputException;

/**
 * The trials of a study: equally many of each method, the first of which is its default. Trials of
 * one number have the same rate and decay, whatever the method, but for defaults and grids. None is
 * there twice.
 */
public final class Trials {

  /** How often a method's own options are drawn anew before rate and decay are. */
  private static final int OWN_DRAWS = 50;

  /** How often in a row nothing new may come before there is nothing new. */
  private static final int DRAWS = 1000;

  private final Definition study;
  private final Map<String, Drawn> drawn = new TreeMap<>();
  private int index = 1; // Halton's first point is a corner of the space

  private Trials(Definition study) {
    this.study = study;
    study.methods().forEach(method -> drawn.put(method.id(), new Drawn(method)));
  }

  /** What a method has so far. */
  private static final class Drawn {
    private final Entrant method;
    private final List<Trial> trials = new ArrayList<>();
    private final Set<Trial> known = new HashSet<>();

    Drawn(Entrant method) {
      this.method = method;
      add(method.first());
    }

    boolean isNew(Trial trial) {
      return !known.contains(trial.as(0));
    }

    void add(Trial trial) {
      known.add(trial.as(0));
      trials.add(trial.as(trials.size() + 1));
    }
  }

  /**
   * All trials of a study, by method.
   *
   * @throws WrongInputException if its space has too few points for a method
   */
  public static SortedMap<String, List<Trial>> of(Definition study) {
    Trials trials = new Trials(study);
    for (int round = 0; round < study.rounds().size(); round++) {
      trials.draw(round);
    }
    SortedMap<String, List<Trial>> byMethod = new TreeMap<>();
    trials.drawn.forEach((id, method) -> byMethod.put(id, List.copyOf(method.trials)));
    return byMethod;
  }

  /**
   * The same study with as many trials in its last round as a grid has; any other search has as
   * many as are asked for.
   *
   * @throws WrongInputException if its space has too few or too many points for a method, or a grid
   *     has different numbers of them for two
   */
  public static Definition settled(Definition study) {
    int drawn = of(study).values().iterator().next().size();
    List<Definition.Round> rounds = new ArrayList<>(study.rounds());
    Definition.Round last = rounds.remove(rounds.size() - 1);
    int before = rounds.stream().mapToInt(Definition.Round::trials).sum();
    return study.with(rounds, new Definition.Round(drawn - before, last.space()));
  }

  private static void requireEqual(Map<String, Integer> sizes) {
    if (Set.copyOf(sizes.values()).size() > 1) {
      throw new WrongInputException(
          "a grid gives methods different numbers of trials: %s; take --search halton, or a --space with equally many points for each"
              .formatted(words(sizes)));
    }
  }

  private static String words(Map<String, Integer> sizes) {
    return sizes.entrySet().stream()
        .map(size -> size.getKey() + " " + size.getValue())
        .collect(Collectors.joining(", "));
  }

  private void draw(int round) {
    int wanted = study.rounds().stream().limit(round + 1L).mapToInt(Definition.Round::trials).sum();
    Space space = study.rounds().get(round).space();
    Beyond beyond =
        round == 0 ? Beyond.NOTHING : new Beyond(study.rounds().get(round - 1).space(), space);
    if (study.search() == Search.GRID) {
      drawGrid(space, beyond, wanted);
      return;
    }
    Places places = Places.of(study.search(), 2 + widest(space));
    int fruitless = 0;
    while (first().trials.size() < wanted) {
      Optional<Map<String, Trial>> next = next(space, beyond, places);
      index++;
      fruitless = next.isPresent() ? 0 : fruitless + 1;
      if (fruitless > DRAWS) {
        throw tooFew(wanted);
      }
      next.ifPresent(trials -> trials.forEach((id, trial) -> method(id).add(trial)));
    }
  }

  private int widest(Space space) {
    return study.methods().stream()
        .mapToInt(method -> space.options(method.id()).size())
        .max()
        .orElse(0);
  }

  private Drawn method(String id) {
    return Objects.requireNonNull(drawn.get(id));
  }

  private Drawn first() {
    return method(study.methods().get(0).id());
  }

  /** One trial more for each method, if each has one that is new. */
  private Optional<Map<String, Trial>> next(Space space, Beyond beyond, Places places) {
    Map<String, Trial> next = new TreeMap<>();
    double[] common = places.at(index);
    for (Drawn method : drawn.values()) {
      Optional<Trial> trial = next(method, space, beyond, common, places);
      if (trial.isEmpty()) {
        return Optional.empty();
      }
      next.put(method.method.id(), trial.get());
    }
    return Optional.of(next);
  }

  private Optional<Trial> next(
      Drawn method, Space space, Beyond beyond, double[] common, Places places) {
    List<Space.Dimension> dimensions = space.of(method.method.id());
    for (int draw = 0; draw < OWN_DRAWS; draw++) {
      double[] own = draw == 0 ? common : places.at(index + draw * DRAWS);
      Trial trial = method.method.first();
      int at = 2;
      for (Space.Dimension dimension : dimensions) {
        double place =
            switch (dimension.name()) {
              case Space.LR -> common[0];
              case Space.WEIGHT_DECAY -> common[1];
              default -> own[at++];
            };
        trial =
            trial.with(
                dimension.name(), beyond.at(method.method.id(), dimensions, dimension, place));
      }
      if (method.isNew(trial)) {
        return Optional.of(trial);
      }
    }
    return Optional.empty();
  }

  private WrongInputException tooFew(int wanted) {
    Map<String, Integer> sizes = new TreeMap<>();
    drawn.forEach((id, method) -> sizes.put(id, method.trials.size()));
    return new WrongInputException(
        "the space has too few points for --trials %d of each method; found so far: %s"
            .formatted(wanted, words(sizes)));
  }

  private void drawGrid(Space space, Beyond beyond, int wanted) {
    Map<String, Integer> sizes = new TreeMap<>();
    for (Drawn method : drawn.values()) {
      int most = wanted - method.trials.size() + 1;
      Grid.of(beyond.axes(method.method.id(), space), method.method.first(), method::isNew, most)
          .forEach(method::add);
      sizes.put(method.method.id(), method.trials.size());
    }
    requireEqual(sizes);
  }
}
