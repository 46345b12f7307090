package org.peftbench.tune;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.peftbench.WrongInputException;
import org.peftbench.cell.Rate;
import org.peftbench.cell.Study;
import org.peftbench.result.Json;

/**
 * What a study chose for a method, with all that the choice follows from: {@code
 * last[tuned=studies/tuned/last.json]}.
 *
 * @param schema version of this format
 * @param method the method's id
 * @param study what records say of it
 * @param choices by task, or one for all
 * @param trials everything that was tried
 * @param definition the study, whose hash {@code study} has
 */
public record TunedFile(
    int schema,
    String method,
    Study study,
    SortedMap<String, Choice> choices,
    List<Tried> trials,
    Definition definition) {

  /** The format that this version writes and reads. */
  public static final int SCHEMA = 1;

  /** Copies trials and choices. */
  public TunedFile {
    choices = Collections.unmodifiableSortedMap(new TreeMap<>(choices));
    trials = List.copyOf(trials);
  }

  /** The file of a method whose trials have all ended. */
  public static TunedFile of(Definition study, String method, List<Tried> trials) {
    return new TunedFile(
        SCHEMA, method, study.study(), Choice.of(study, method, trials), trials, study);
  }

  /** Writes it whole or not at all; the same study gives the same bytes. */
  public void write(Path file) {
    try {
      SmallFile.write(file, Json.PRETTY.writeValueAsString(this) + "\n");
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a choice has no JSON: " + Json.explain(e), e);
    }
  }

  /**
   * Reads it, and looks whether the choice follows from the trials.
   *
   * @throws WrongInputException if it is no such file, or was changed
   */
  public static TunedFile read(Path file) {
    TunedFile read =
        SmallFile.read(file, TunedFile.class, Json.MAPPER.reader(), "a file that bench tune wrote");
    read.trouble()
        .ifPresent(
            why -> {
              throw new WrongInputException(file + ": " + why + "; was it changed by hand?");
            });
    return read;
  }

  private Optional<String> trouble() {
    if (schema != SCHEMA) {
      return Optional.of("schema " + schema + "; this version reads " + SCHEMA);
    }
    if (!study.equals(definition.study())) {
      return Optional.of("its definition is not that of its study " + study.name());
    }
    try {
      return wrongTrials();
    } catch (IndexOutOfBoundsException e) {
      return Optional.of("a trial lacks scores that it was compared by");
    } catch (IllegalArgumentException | WrongInputException e) {
      return Optional.of("its study is not possible: " + e.getMessage());
    }
  }

  private Optional<String> wrongTrials() {
    List<Trial> defined = Trials.of(definition).getOrDefault(method, List.of());
    if (!trials.stream().map(Tried::trial).toList().equals(defined)) {
      return Optional.of("its trials are not those that its study has of " + method);
    }
    if (!trials.stream().allMatch(this::hasScoresOfTheStudy)) {
      return Optional.of("its scores are not those of its study's tasks and seeds");
    }
    return different(Choice.of(definition, method, trials));
  }

  private boolean hasScoresOfTheStudy(Tried tried) {
    List<Long> seeds = definition.seeds();
    return definition.tasks().keySet().containsAll(tried.scores().keySet())
        && tried.scores().values().stream()
            .map(scores -> scores.stream().map(Score::seed).toList())
            .allMatch(had -> had.equals(seeds.subList(0, Math.min(had.size(), seeds.size()))));
  }

  private Optional<String> different(SortedMap<String, Choice> right) {
    for (String task : definition.groups().keySet()) {
      Optional<Choice> said = Optional.ofNullable(choices.get(task));
      Optional<Choice> follows = Optional.ofNullable(right.get(task));
      if (!said.equals(follows)) {
        return Optional.of(
            "its choice for %s, %s, does not follow from its trials, by which it is %s"
                .formatted(task, words(said), words(follows)));
      }
    }
    return choices.equals(right)
        ? Optional.empty()
        : Optional.of("it has choices for tasks that its study has not");
  }

  private static String words(Optional<Choice> choice) {
    return choice
        .map(
            one ->
                "trial %d with accuracy %s, lr %s, weight decay %s and %s"
                    .formatted(one.trial(), one.mean(), one.lr(), one.weightDecay(), one.options()))
        .orElse("none");
  }

  /** What was chosen for a task; without a task, what was chosen for all. */
  public Optional<Choice> choice(Optional<String> task) {
    return definition.oneForAllTasks()
        ? Optional.ofNullable(choices.get(Definition.ALL_TASKS))
        : task.flatMap(name -> Optional.ofNullable(choices.get(name)));
  }

  /** The edges of what was tried that choices lie at, such as {@code lr lowest}, and for which. */
  public SortedMap<String, List<String>> edges() {
    SortedMap<String, List<String>> edges = new TreeMap<>();
    choices.forEach(
        (task, choice) ->
            choice
                .edges()
                .forEach(edge -> edges.computeIfAbsent(edge, any -> new ArrayList<>()).add(task)));
    return edges;
  }

  /** How fast the method learns by a choice. */
  public Rate rate(Choice choice) {
    return new Rate(choice.lr(), true, false, choice.weightDecay(), Optional.of(study));
  }
}
