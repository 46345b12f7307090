package org.peftbench.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.peftbench.WrongInputException;
import org.peftbench.cell.Cell;
import org.peftbench.model.ViTConfig;
import org.peftbench.plan.Asked;
import org.peftbench.plan.Methods;
import org.peftbench.plan.Plan;
import org.peftbench.plan.PlannedCell;
import org.peftbench.plugin.TypedMethod;
import org.peftbench.spi.Preset;
import org.peftbench.tune.Definition;
import org.peftbench.tune.Entrant;
import org.peftbench.tune.Space;
import org.peftbench.tune.Spaces;
import org.peftbench.tune.Trials;
import org.peftbench.tune.TunedFile;
import org.peftbench.tune.Widening;

/** Makes studies of what a user asks for, of what methods declare, and of studies that ended. */
final class StudyMaker {

  private final Methods available;

  StudyMaker(Methods available) {
    this.available = available;
  }

  /**
   * The study that is asked for.
   *
   * @param methods as typed
   * @param plan of these methods without options that are tried
   * @throws WrongInputException if it is not possible
   */
  Definition define(String name, String methods, StudyOptions wanted, Plan plan) {
    SortedMap<String, Map<String, String>> typed = typed(methods);
    for (PlannedCell planned : plan.cells()) {
      planned
          .hopeless()
          .ifPresent(
              why -> {
                throw new WrongInputException(
                    planned.cell().method().label() + ": " + why.message());
              });
    }
    List<Cell> cells = plan.cells().stream().map(PlannedCell::cell).toList();
    ViTConfig backbone = cells.get(0).backbone().config();
    Space tried =
        Spaces.find(
            wanted.space,
            available.descriptions(),
            typed,
            (id, given) -> available.bind(new TypedMethod(id, given), backbone).choice().options());
    available.close(); // nothing of a jar runs beside what is measured
    SortedMap<String, String> tasks = new TreeMap<>();
    cells.forEach(cell -> tasks.put(cell.task(), cell.dataSha256()));
    return Trials.settled(
        new Definition(
            name,
            cells.stream().limit(typed.size()).map(StudyMaker::entrant).toList(),
            tasks,
            wanted.search(),
            List.of(new Definition.Round(wanted.trials(), tried)),
            wanted.seeds(),
            wanted.rungs(),
            wanted.oneForAllTasks,
            Definition.Setting.of(cells.get(0))));
  }

  private static Entrant entrant(Cell cell) {
    return new Entrant(
        cell.method().id(),
        cell.method().options(),
        cell.method().plugin(),
        cell.protocol().features(),
        cell.protocol().lr(),
        cell.protocol().weightDecay());
  }

  /** What was typed of each method: it stays as it is. */
  private SortedMap<String, Map<String, String>> typed(String methods) {
    SortedMap<String, Map<String, String>> typed = new TreeMap<>();
    for (Asked one : available.asked(methods)) {
      TypedMethod method = one.method();
      for (String key : List.of(Preset.OPTION, Preset.TUNED)) {
        if (method.options().containsKey(key)) {
          throw new WrongInputException(
              "%s[%s=...] cannot be tuned: a study starts from the options themselves"
                  .formatted(method.id(), key));
        }
      }
      if (typed.put(method.id(), method.options()) != null) {
        throw new WrongInputException(
            "'%s' is given twice; a study has one choice for each method".formatted(method.id()));
      }
    }
    return typed;
  }

  /** The study with more beyond the edges that its choices lie at, if there is anything. */
  Optional<Definition> wider(Definition study, List<TunedFile> files) {
    Map<String, List<String>> edges = new TreeMap<>();
    files.forEach(file -> edges.put(file.method(), List.copyOf(file.edges().keySet())));
    ViTConfig backbone = study.setting().backbone().config();
    Space wider =
        Widening.of(
            study.space(), edges, (method, value) -> possible(study, method, value, backbone));
    available.close();
    return wider.equals(study.space())
        ? Optional.empty()
        : Optional.of(
            Trials.settled(study.with(new Definition.Round(Widening.trials(study), wider))));
  }

  /** A rate is above zero; what an option may be, the method knows. */
  private boolean possible(
      Definition study, String method, Map.Entry<String, String> value, ViTConfig backbone) {
    if (Space.isCommon(value.getKey())) {
      return Double.parseDouble(value.getValue()) > 0;
    }
    Map<String, String> given =
        new TreeMap<>(study.method(method).map(Entrant::options).orElseThrow());
    given.put(value.getKey(), value.getValue());
    try {
      available.bind(new TypedMethod(method, given), backbone);
      return true;
    } catch (WrongInputException e) {
      return false;
    }
  }
}
