package org.peftbench.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.peftbench.cell.Cell;
import org.peftbench.cell.Split;
import org.peftbench.plan.Profile;
import org.peftbench.plan.Profiles;
import org.peftbench.plugin.MethodDescription;
import org.peftbench.plugin.MethodRegistry;
import org.peftbench.result.CellRecord;
import org.peftbench.result.RecordFolder;
import org.peftbench.tune.Choice;
import org.peftbench.tune.Definition;
import org.peftbench.tune.Score;
import org.peftbench.tune.Tried;
import org.peftbench.tune.TunedFile;

/** The rates of the profile {@code pocket} follow from a study, of which every run is kept. */
class PocketStudyTest {

  private static final Path FOLDER = Page.of("results/pocket-val").file();
  private static final Profile PROFILE = Profiles.named(Profiles.POCKET);

  private static SortedMap<String, TunedFile> tuned = new TreeMap<>();

  /** What was run: a method at a rate, on a task, with a seed. */
  private record Run(String method, double lr, String task, long seed) {}

  @BeforeAll
  static void read() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER.resolve("tuned"))) {
      tuned =
          files
              .map(TunedFile::read)
              .collect(
                  Collectors.toMap(
                      TunedFile::method, file -> file, (one, other) -> one, TreeMap::new));
    }
  }

  @Test
  void everyMethodOfTheBuildHasTheRateThatItsStudyChose() {
    SortedMap<String, Double> chosen = new TreeMap<>();
    tuned.forEach(
        (method, file) -> {
          Choice choice = file.choice(Optional.empty()).orElseThrow();
          assertEquals(PROFILE.weightDecay(), choice.weightDecay(), method);
          assertEquals(Optional.of(file.study()), PROFILE.study(), method);
          chosen.put(method, choice.lr());
        });
    assertEquals(chosen, new TreeMap<>(PROFILE.methodLr().orElseThrow()));
    List<String> build =
        MethodRegistry.builtIn().describe().stream().map(MethodDescription::id).sorted().toList();
    assertEquals(build, List.copyOf(chosen.keySet()));
  }

  @Test
  void theStudyTrainedAsTheProfileDoes() {
    Definition.Setting setting = tuned.get(tuned.firstKey()).definition().setting();
    assertEquals(PROFILE.name(), setting.profile());
    assertEquals(PROFILE.epochs(), setting.epochs());
    assertEquals(PROFILE.warmupEpochs(), setting.warmupEpochs());
    assertEquals(PROFILE.batchSize(), setting.batchSize());
    assertEquals(PROFILE.precision(), setting.precision());
    assertEquals(PROFILE.interpolation(), setting.interpolation());
    assertEquals(PROFILE.normalize(), Optional.of(setting.normalize()));
    assertEquals(Optional.empty(), setting.limitTest());
  }

  @Test
  void everyScoreIsThatOfARunThatIsKeptAndWasJudgedOnVal() {
    Map<Run, Score> kept = new HashMap<>();
    for (CellRecord record : RecordFolder.open(FOLDER.resolve("trials")).readAll()) {
      Cell cell = record.cell();
      assertEquals(Split.VAL, cell.protocol().evaluate());
      Run run = new Run(cell.method().id(), cell.protocol().lr(), cell.task(), cell.seed());
      assertEquals(null, kept.put(run, Score.of(record)), run::toString);
    }
    Map<Run, Score> said = new HashMap<>();
    for (TunedFile file : tuned.values()) {
      for (Tried tried : file.trials()) {
        double lr = tried.trial().lr();
        tried
            .scores()
            .forEach(
                (task, scores) ->
                    scores.forEach(
                        score -> said.put(new Run(file.method(), lr, task, score.seed()), score)));
      }
    }
    assertEquals(kept, said);
  }
}
