package org.peftbench.tune;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.peftbench.cell.BackboneChoice;
import org.peftbench.cell.Cell;
import org.peftbench.cell.DeviceType;
import org.peftbench.cell.Protocol;
import org.peftbench.cell.Study;
import org.peftbench.file.Sha256;
import org.peftbench.image.Interpolation;
import org.peftbench.image.Normalization;
import org.peftbench.model.Precision;
import org.peftbench.result.Json;

/**
 * A study before it has begun. Its trials and, with their scores, its choices follow from it.
 *
 * @param name what people call it
 * @param methods the methods, as they are without it
 * @param tasks the hash of each task's data
 * @param search in what order the space is searched
 * @param rounds the first, and one for each time that the space was widened
 * @param seeds all that the last configurations are compared with
 * @param rungs numbers of seeds, growing to all of them: after each but the last, only the best go
 *     on
 * @param oneForAllTasks whether there is one choice for all tasks, and not one for each
 * @param setting what all its cells share
 */
public record Definition(
    String name,
    List<Entrant> methods,
    SortedMap<String, String> tasks,
    Search search,
    List<Round> rounds,
    List<Long> seeds,
    List<Integer> rungs,
    boolean oneForAllTasks,
    Setting setting) {

  /** So many of all tasks of VTAB fit into a {@link SmallFile}. */
  public static final int MOST_TRIALS = 1000;

  /** Under which the choice for all tasks stands, where there is one. */
  public static final String ALL_TASKS = "all tasks";

  /**
   * Trials from one space.
   *
   * @param trials of each method
   * @param space what is tried; of a later round, what it has beyond the round before
   */
  public record Round(int trials, Space space) {

    /** Checks the number. */
    public Round {
      if (trials < 1 || trials > MOST_TRIALS) {
        throw new IllegalArgumentException("a round of " + trials + " trials");
      }
    }
  }

  /** What all cells of a study share. */
  public record Setting(
      BackboneChoice backbone,
      DeviceType device,
      String profile,
      int epochs,
      int warmupEpochs,
      int batchSize,
      Precision precision,
      Interpolation interpolation,
      Normalization normalize,
      Optional<Integer> limitTest) {

    /** The setting of a cell. */
    public static Setting of(Cell cell) {
      Protocol protocol = cell.protocol();
      return new Setting(
          cell.backbone(),
          cell.device(),
          protocol.profile(),
          protocol.epochs(),
          protocol.warmupEpochs(),
          protocol.batchSize(),
          protocol.precision(),
          protocol.interpolation(),
          protocol.normalize(),
          protocol.limitTest());
    }
  }

  /** Copies the lists. */
  public Definition {
    methods = List.copyOf(methods);
    tasks = Collections.unmodifiableSortedMap(new TreeMap<>(tasks));
    rounds = List.copyOf(rounds);
    seeds = List.copyOf(seeds);
    rungs = List.copyOf(rungs);
    if (rungs.isEmpty()
        || rungs.get(rungs.size() - 1) != seeds.size()
        || rounds.isEmpty()
        || methods.isEmpty()
        || tasks.isEmpty()) {
      throw new IllegalArgumentException("a study of nothing, or whose rungs end before its seeds");
    }
  }

  /** Configurations of each method. */
  public int trials() {
    return rounds.stream().mapToInt(Round::trials).sum();
  }

  /** All that is searched, as widened as it is. */
  public Space space() {
    return rounds.get(rounds.size() - 1).space();
  }

  /** The same with a round more. */
  public Definition with(Round more) {
    return with(rounds, more);
  }

  /** The same with other rounds. */
  Definition with(List<Round> first, Round last) {
    List<Round> all = new ArrayList<>(first);
    all.add(last);
    return new Definition(name, methods, tasks, search, all, seeds, rungs, oneForAllTasks, setting);
  }

  /** The groups of tasks that have a choice of their own, by the choice's name. */
  public SortedMap<String, List<String>> groups() {
    SortedMap<String, List<String>> groups = new TreeMap<>();
    if (oneForAllTasks) {
      groups.put(ALL_TASKS, List.copyOf(tasks.keySet()));
    } else {
      tasks.keySet().forEach(task -> groups.put(task, List.of(task)));
    }
    return groups;
  }

  /** A method of it. */
  public Optional<Entrant> method(String id) {
    return methods.stream().filter(method -> method.id().equals(id)).findFirst();
  }

  /** What the cells that use its choices say of it. */
  public Study study() {
    return new Study(name, Sha256.of(text().getBytes(UTF_8)), trials(), seeds.size());
  }

  /** The text that its hash is of, and that its file holds. */
  public String text() {
    try {
      return Json.PRETTY.writeValueAsString(this) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a study has no JSON: " + Json.explain(e), e);
    }
  }
}
