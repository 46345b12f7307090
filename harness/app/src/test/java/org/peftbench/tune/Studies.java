package org.peftbench.tune;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.peftbench.cell.DeviceType;
import org.peftbench.cell.Features;
import org.peftbench.image.Interpolation;
import org.peftbench.image.Normalization;
import org.peftbench.model.Precision;
import org.peftbench.result.Failure;
import org.peftbench.result.Records;
import org.peftbench.spi.SearchRange;

/** Small studies, and scores made by hand. */
public final class Studies {

  static final SearchRange RATES = SearchRange.of(new SearchRange.Interval(1e-5, 0.1, true, false));
  static final SearchRange DECAYS = choices("0.0001", "0.05");

  static final Definition.Setting SETTING =
      new Definition.Setting(
          Records.VIT_B16,
          DeviceType.CPU,
          "standard",
          100,
          10,
          64,
          Precision.FLOAT32,
          Interpolation.BICUBIC,
          Normalization.INCEPTION,
          Optional.empty());

  private Studies() {}

  static SearchRange choices(String... values) {
    return SearchRange.of(Arrays.asList(values));
  }

  static Entrant entrant(String id, double lr, String... options) {
    SortedMap<String, String> all = new TreeMap<>();
    for (int i = 0; i < options.length; i += 2) {
      all.put(options[i], options[i + 1]);
    }
    return new Entrant(id, all, Optional.empty(), Features.LIVE, lr, 1e-4);
  }

  static Space space(Map<String, SearchRange> options) {
    SortedMap<String, SortedMap<String, SearchRange>> methods = new TreeMap<>();
    options.forEach(
        (name, range) -> {
          String[] words = name.split("\\.", -1);
          methods.computeIfAbsent(words[0], any -> new TreeMap<>()).put(words[1], range);
        });
    return new Space(Optional.of(RATES), Optional.of(DECAYS), methods);
  }

  /** A study of methods on two tasks with three seeds, by rungs of one and three. */
  static Definition study(Search search, int trials, Space space, Entrant... methods) {
    return of(search, trials, space, List.of(1, 3), false, methods);
  }

  static Definition of(
      Search search,
      int trials,
      Space space,
      List<Integer> rungs,
      boolean oneForAll,
      Entrant... methods) {
    return on(List.of("mine", "svhn"), search, trials, space, rungs, oneForAll, methods);
  }

  static Definition on(
      List<String> tasks,
      Search search,
      int trials,
      Space space,
      List<Integer> rungs,
      boolean oneForAll,
      Entrant... methods) {
    SortedMap<String, String> data = new TreeMap<>();
    tasks.forEach(task -> data.put(task, "d".repeat(64)));
    return new Definition(
        "small",
        List.of(methods),
        data,
        search,
        List.of(new Definition.Round(trials, space)),
        List.of(0L, 1L, 2L).subList(0, rungs.get(rungs.size() - 1)),
        rungs,
        oneForAll,
        SETTING);
  }

  /** So many of 200 images right, a number a seed; a negative one is a failure. */
  static List<Score> scores(int... correct) {
    List<Score> scores = new ArrayList<>();
    for (int seed = 0; seed < correct.length; seed++) {
      scores.add(
          correct[seed] < 0
              ? new Score(seed, 0, 0, Optional.of(Failure.Reason.DIVERGED))
              : new Score(seed, correct[seed], 200, Optional.empty()));
    }
    return scores;
  }

  static Tried tried(int number, double lr, long parameters, Map<String, List<Score>> scores) {
    return new Tried(
        new Trial(number, lr, 1e-4, new TreeMap<>()), parameters, new TreeMap<>(scores));
  }

  /**
   * The file of a study of {@code probe} with three trials, the second of which won on {@code mine}
   * and the first on {@code svhn}.
   */
  public static TunedFile probe(boolean oneForAll) {
    Definition study =
        of(Search.HALTON, 3, space(Map.of()), List.of(1, 3), oneForAll, entrant("probe", 0.001));
    List<Trial> trials = Trials.of(study).getOrDefault("probe", List.of());
    List<Tried> tried =
        List.of(
            new Tried(
                trials.get(0),
                5,
                new TreeMap<>(
                    Map.of("mine", scores(100, 100, 100), "svhn", scores(150, 150, 150)))),
            new Tried(
                trials.get(1),
                5,
                new TreeMap<>(
                    Map.of("mine", scores(120, 110, 115), "svhn", scores(149, 149, 149)))),
            new Tried(
                trials.get(2), 5, new TreeMap<>(Map.of("mine", scores(-1), "svhn", scores(20)))));
    return TunedFile.of(study, "probe", tried);
  }
}
