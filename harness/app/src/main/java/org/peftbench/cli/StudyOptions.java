package org.peftbench.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.peftbench.WrongInputException;
import org.peftbench.tune.Definition;
import org.peftbench.tune.Search;
import org.peftbench.tune.Spaces;
import picocli.CommandLine.Option;

/** What a study tries, how often, and how the best of it is found. */
final class StudyOptions {

  @Option(
      names = "--space",
      paramLabel = "default|FILE",
      defaultValue = Spaces.USUAL,
      description =
          "what is tried: lr from 1e-5 to 0.1, weight decay 1e-4 or 0.05, and what methods declare"
              + " (bench describe METHOD), or a JSON file (default: ${DEFAULT-VALUE})")
  String space = "";

  @Option(
      names = "--search",
      paramLabel = "grid|random|halton",
      defaultValue = "halton",
      description = "in what order (default: ${DEFAULT-VALUE})")
  String search = "";

  @Option(
      names = "--trials",
      paramLabel = "N",
      defaultValue = "16",
      description =
          "configurations of each method, its default included (default: ${DEFAULT-VALUE})")
  int trials;

  @Option(
      names = "--seeds",
      paramLabel = "N,N,...",
      hideParamSyntax = true,
      split = ",",
      defaultValue = "0,1,2",
      description = "that the last configurations are compared with (default: ${DEFAULT-VALUE})")
  List<Long> seeds = List.of();

  @Option(
      names = "--rungs",
      paramLabel = "N,N,...",
      hideParamSyntax = true,
      split = ",",
      description =
          "numbers of seeds; after each but the last, only the best go on (default: 1 and all)")
  @Nullable List<Integer> rungs;

  @Option(
      names = "--one-for-all-tasks",
      description = "choose by the mean over tasks, once for all (default: for each task)")
  boolean oneForAllTasks;

  @Option(
      names = "--then",
      paramLabel = "run[=SEEDS]",
      description =
          "train what was chosen on train800val200 and judge it on the test split, once, into"
              + " OUT/test (default: not; with the study's seeds)")
  @Nullable String then;

  /** In what order the space is searched. */
  Search search() {
    return Words.named("--search", search, List.of(Search.values()));
  }

  /** Configurations of each method. */
  int trials() {
    if (trials < 1 || trials > Definition.MOST_TRIALS) {
      throw new WrongInputException(
          "--trials %d is not possible; 1 to %d".formatted(trials, Definition.MOST_TRIALS));
    }
    return trials;
  }

  /** The seeds of the last rung, each once. */
  List<Long> seeds() {
    return seeds.stream().distinct().toList();
  }

  /** Numbers of seeds. */
  List<Integer> rungs() {
    int all = seeds().size();
    List<Integer> given = rungs != null ? rungs : IntStream.of(1, all).distinct().boxed().toList();
    boolean grow = IntStream.range(1, given.size()).allMatch(i -> given.get(i) > given.get(i - 1));
    if (given.isEmpty() || !grow || given.get(0) < 1 || given.get(given.size() - 1) != all) {
      throw new WrongInputException(
          "--rungs %s is not possible; expected numbers of seeds that grow up to all %d of them"
              .formatted(String.join(",", given.stream().map(String::valueOf).toList()), all));
    }
    return given;
  }

  /** The seeds with which choices are judged on the test split; empty if they are not. */
  Optional<List<Long>> testSeeds() {
    return Optional.ofNullable(then).map(this::testSeeds);
  }

  private List<Long> testSeeds(String word) {
    String[] parts = word.split("=", 2);
    if (!parts[0].equals("run")) {
      throw Words.unknown("--then", word, Stream.of("run", "run=SEEDS"));
    }
    if (parts.length == 1) {
      return seeds();
    }
    try {
      return Arrays.stream(parts[1].split(",", -1)).map(Long::valueOf).toList();
    } catch (NumberFormatException e) {
      throw new WrongInputException(
          "--then " + word + ": the seeds are no integers; expected, for example, run=0,1,2", e);
    }
  }
}
