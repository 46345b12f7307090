package org.peftbench.tune;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.peftbench.WrongInputException;

/**
 * The trials of a study: equally many of each method, none of them twice, and the first its
 * default. Unless it is a grid, trials of one number have the same rate and decay whatever the
 * method, but for a method that had just that before.
 */
public final class Trials {

  /** How often a method's own options are drawn anew before rate and decay are. */
  private static final int OWN_DRAWS = 50;

  /** How often all is drawn anew before there is nothing new. */
  private static final int DRAWS = 1000;

  /** From one draw to the next: a prime, lest they are alike in Halton's bases. */
  private static final int STRIDE = 100_003;

  private final Definition study;
  private final Map<String, Drawn> drawn = new TreeMap<>();
  private int index = 1;

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
          ("a grid gives methods different numbers of trials: %s; take --search halton, or a"
                  + " --space with equally many points for each")
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
    for (; index < wanted; index++) { // Halton's first point, number 0, is a corner of the space
      for (Drawn method : drawn.values()) {
        method.add(next(method, space, beyond, places).orElseThrow(() -> tooFew(method, wanted)));
      }
    }
  }

  private int widest(Space space) {
    return study.methods().stream()
        .mapToInt(method -> space.options(method.id()).size())
        .max()
        .orElse(0);
  }

  /** A trial that is new to a method. */
  private Optional<Trial> next(Drawn method, Space space, Beyond beyond, Places places) {
    for (int draw = 0; draw < DRAWS; draw++) {
      double[] own = places.at(index + draw * STRIDE);
      double[] common = draw < OWN_DRAWS ? places.at(index) : own;
      Trial trial = at(method.method, space, beyond, common, own);
      if (method.isNew(trial)) {
        return Optional.of(trial);
      }
    }
    return Optional.empty();
  }

  private static Trial at(
      Entrant method, Space space, Beyond beyond, double[] common, double[] own) {
    List<Space.Dimension> dimensions = space.of(method.id());
    Trial trial = method.first();
    int at = 2;
    for (Space.Dimension dimension : dimensions) {
      double place =
          switch (dimension.name()) {
            case Space.LR -> common[0];
            case Space.WEIGHT_DECAY -> common[1];
            default -> own[at++];
          };
      trial = trial.with(dimension.name(), beyond.at(method.id(), dimensions, dimension, place));
    }
    return trial;
  }

  private static WrongInputException tooFew(Drawn method, int wanted) {
    return new WrongInputException(
        ("%s has no more than %d points in this space, its default among them, and there are to"
                + " be %d trials")
            .formatted(method.method.id(), method.trials.size(), wanted));
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
