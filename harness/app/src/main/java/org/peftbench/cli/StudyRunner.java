package org.peftbench.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.peftbench.cell.Phase;
import org.peftbench.cell.Rate;
import org.peftbench.plan.Asked;
import org.peftbench.plan.Plan;
import org.peftbench.plan.PlannedCell;
import org.peftbench.plan.Sharing;
import org.peftbench.plugin.TypedMethod;
import org.peftbench.result.CellRecord;
import org.peftbench.result.PhaseCost;
import org.peftbench.run.Lane;
import org.peftbench.run.Limits;
import org.peftbench.tune.Definition;
import org.peftbench.tune.Entrant;
import org.peftbench.tune.Rungs;
import org.peftbench.tune.Trial;
import org.peftbench.tune.Trials;
import org.peftbench.tune.Tried;

/** Runs the trials of a study, rung after rung, as ordinary cells. */
final class StudyRunner {

  /** Plans trials, on all tasks and with all seeds of a study. */
  interface Planning {
    Plan plan(List<Asked> trials);
  }

  /** Which trial a cell is of. */
  private record Key(String method, int trial) {}

  private final Definition study;
  private final Plan plan;
  private final Map<PlannedCell, Key> keys = new HashMap<>();
  private final Map<Key, Tried> tried = new HashMap<>();
  private final List<CellRecord> records = new ArrayList<>();

  /**
   * Plans all that may have to run.
   *
   * @throws org.peftbench.WrongInputException if a trial is not possible
   */
  StudyRunner(Definition study, Planning planning) {
    this.study = study;
    List<Asked> asked = new ArrayList<>();
    List<Key> order = new ArrayList<>();
    Trials.of(study)
        .forEach(
            (method, trials) ->
                trials.forEach(
                    trial -> {
                      Key key = new Key(method, trial.number());
                      order.add(key);
                      tried.put(key, Tried.not(trial));
                      asked.add(asked(method, trial));
                    }));
    plan = planning.plan(asked);
    // A plan has all that are asked for, one after the other, for each task and seed.
    for (int i = 0; i < plan.cells().size(); i++) {
      keys.put(plan.cells().get(i), order.get(i % order.size()));
    }
  }

  private static Asked asked(String method, Trial trial) {
    Rate rate = new Rate(trial.lr(), true, true, trial.weightDecay(), Optional.empty());
    return new Asked(new TypedMethod(method, trial.options()), Optional.of(rate));
  }

  /** The study that it runs. */
  Definition study() {
    return study;
  }

  /** The cells of the first rung, which all trials have. */
  Plan firstRung() {
    return rung(0);
  }

  /** Runs what is not there yet. */
  void run(List<Lane> lanes, Sharing sharing, Path out, Limits limits, PrintWriter err)
      throws IOException, InterruptedException {
    for (int rung = 0; rung < study.rungs().size(); rung++) {
      Plan cells = rung(rung);
      if (cells.cells().isEmpty()) {
        continue; // nothing is left to compare
      }
      err.printf(
          "rung      %d of %d, the first %d seeds%n",
          rung + 1, study.rungs().size(), study.rungs().get(rung));
      List<CellRecord> ended = PlanRunner.run(cells, lanes, sharing, out, limits, err);
      for (int i = 0; i < ended.size(); i++) {
        Key key = keys.get(cells.cells().get(i));
        CellRecord record = ended.get(i);
        tried.computeIfPresent(key, (same, before) -> before.with(record));
      }
      records.addAll(ended);
    }
  }

  private Plan rung(int rung) {
    List<Long> seeds =
        study.seeds().subList(rung == 0 ? 0 : study.rungs().get(rung - 1), study.rungs().get(rung));
    Map<String, Set<Key>> reaching = new HashMap<>();
    study.groups().values().forEach(tasks -> reach(rung, tasks, reaching));
    return plan.of(
        planned ->
            seeds.contains(planned.cell().seed())
                && reaching
                    .getOrDefault(planned.cell().task(), Set.of())
                    .contains(keys.get(planned)));
  }

  private void reach(int rung, List<String> tasks, Map<String, Set<Key>> reaching) {
    Rungs rungs = new Rungs(study, tasks);
    Set<Key> all = new HashSet<>();
    for (Entrant method : study.methods()) {
      rungs
          .reaching(rung, tried(method.id()))
          .forEach(one -> all.add(new Key(method.id(), one.trial().number())));
    }
    tasks.forEach(task -> reaching.put(task, all));
  }

  /** What has become of a method's trials so far. */
  List<Tried> tried(String method) {
    SortedMap<Integer, Tried> byNumber = new TreeMap<>();
    tried.forEach(
        (key, one) -> {
          if (key.method.equals(method)) {
            byNumber.put(key.trial, one);
          }
        });
    return List.copyOf(byNumber.values());
  }

  /**
   * Seconds of training that a trial of each method took on average, with one seed on one task; of
   * a shared pass its own and its share of the backbone's.
   */
  Map<String, Double> seconds() {
    Map<String, List<Double>> all = new HashMap<>();
    for (CellRecord record : records) {
      seconds(record)
          .ifPresent(
              seconds ->
                  all.computeIfAbsent(record.cell().method().id(), any -> new ArrayList<>())
                      .add(seconds));
    }
    Map<String, Double> means = new HashMap<>();
    all.forEach(
        (method, seconds) ->
            means.put(method, seconds.stream().mapToDouble(one -> one).average().orElseThrow()));
    return means;
  }

  private static Optional<Double> seconds(CellRecord record) {
    return record
        .sharedPass()
        .map(pass -> pass.ownSeconds() + pass.backboneSeconds() / pass.learners())
        .or(() -> record.phase(Phase.TRAIN).map(PhaseCost::seconds));
  }
}
