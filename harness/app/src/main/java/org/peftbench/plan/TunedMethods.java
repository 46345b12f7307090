package org.peftbench.plan;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.peftbench.WrongInputException;
import org.peftbench.cell.MethodChoice;
import org.peftbench.model.ViTConfig;
import org.peftbench.plugin.MethodFacts;
import org.peftbench.plugin.MethodSource;
import org.peftbench.plugin.TypedMethod;
import org.peftbench.plugin.UnusableJarException;
import org.peftbench.spi.Preset;
import org.peftbench.tune.Choice;
import org.peftbench.tune.TunedFile;

/** Methods as a study chose them: {@code last[tuned=studies/tuned/last.json]}. */
final class TunedMethods {

  private TunedMethods() {}

  /**
   * Binds what a study chose for a task. The cell is named after the study, wherever its file is.
   *
   * @throws WrongInputException if the file is none, or has nothing for method or task
   */
  static Candidate bind(
      MethodSource source, TypedMethod typed, ViTConfig backbone, Optional<String> task)
      throws UnusableJarException {
    String id = typed.id();
    if (typed.options().size() > 1) {
      throw new WrongInputException(
          "%s[tuned=FILE] has all options of its study; give others to bench tune, without tuned"
              .formatted(id));
    }
    String name = typed.options().getOrDefault(Preset.TUNED, "");
    TunedFile file = TunedFile.read(Path.of(name));
    if (!file.method().equals(id)) {
      throw new WrongInputException(
          "%s is what a study chose for %s, not for %s".formatted(name, file.method(), id));
    }
    Choice choice = file.choice(task).orElseThrow(() -> none(id, name, file, task));
    MethodFacts facts = source.bind(id, choice.options(), backbone);
    MethodChoice bound = facts.choice();
    Map<String, String> given = Map.of(Preset.TUNED, file.study().name());
    return Candidate.of(
            facts.as(new MethodChoice(id, bound.options(), new TreeMap<>(given), bound.plugin())))
        .chosen(file.rate(choice), file.definition());
  }

  private static WrongInputException none(
      String id, String name, TunedFile file, Optional<String> task) {
    return new WrongInputException(
        task.map(
                where ->
                    "%s has nothing for %s on %s; it is for %s"
                        .formatted(
                            name,
                            id,
                            where,
                            file.choices().isEmpty()
                                ? "no task: every trial failed"
                                : String.join(", ", file.choices().keySet())))
            .orElse(
                "%s[tuned=%s] differs from task to task: give the options themselves"
                    .formatted(id, name)));
  }
}
