package org.peftbench.cli;

import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.peftbench.WrongInputException;
import org.peftbench.cell.Cell;
import org.peftbench.cell.DeviceType;
import org.peftbench.file.FolderLock;
import org.peftbench.model.ViTConfig;
import org.peftbench.plan.Asked;
import org.peftbench.plan.Methods;
import org.peftbench.plan.Plan;
import org.peftbench.plan.PlannedCell;
import org.peftbench.plan.Planner;
import org.peftbench.plan.Sharing;
import org.peftbench.plugin.TypedMethod;
import org.peftbench.report.Format;
import org.peftbench.report.Notes;
import org.peftbench.report.Report;
import org.peftbench.report.Table;
import org.peftbench.report.TaskOrder;
import org.peftbench.result.CellRecord;
import org.peftbench.run.Lane;
import org.peftbench.spi.Preset;
import org.peftbench.tune.Definition;
import org.peftbench.tune.Entrant;
import org.peftbench.tune.Search;
import org.peftbench.tune.Space;
import org.peftbench.tune.Spaces;
import org.peftbench.tune.StudyFolder;
import org.peftbench.tune.StudyTables;
import org.peftbench.tune.Trials;
import org.peftbench.tune.TunedFile;
import org.peftbench.tune.Widening;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench tune}. */
@Command(
    name = "tune",
    description =
        "Choose hyper-parameters on val200, with as many trials for each method; the test split"
            + " stays shut.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "A trial is a cell of bench run --evaluate val. The first is the default of profile",
      "and method. All trials run with the seeds of the first rung, and the best go on to",
      "the next. A study that was stopped goes on where it was. What it chose is in",
      "OUT/tuned, a file a method: bench run --methods last[tuned=OUT/tuned/last.json]"
    })
final class TuneCommand extends Printing implements Callable<Integer> {

  @Option(
      names = "--methods",
      required = true,
      paramLabel = "LIST",
      description = "methods, such as last,lora[rank=8], or all; options that are typed stay so")
  String methods = "";

  @Mixin final RunOptions options = new RunOptions();

  @Mixin final LaneOptions compute = new LaneOptions();

  @Mixin final SharingOptions passes = new SharingOptions();

  /** Where nothing is said, trials of side methods share passes of so many. */
  private static final int USUAL_LEARNERS = 16;

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
      names = "--widen",
      description =
          "go on with a space that has more beyond the edges that choices lie at, and a quarter of"
              + " the trials more")
  boolean widen;

  @Option(
      names = "--then",
      paramLabel = "run[=SEEDS]",
      description =
          "train what was chosen on train800val200 and judge it on the test split, once, into"
              + " OUT/test (default: not; with the study's seeds)")
  @Nullable String then;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      description = "longest time for a cell, such as 90m or 6h (default: none)")
  @Nullable String timeout;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "studies",
      description = "folder of the study, which is called like it (default: ${DEFAULT-VALUE})")
  Path out = Path.of("");

  @Option(
      names = "--format",
      paramLabel = "md|csv|latex|json|html",
      defaultValue = "md",
      description = "of the tables (default: ${DEFAULT-VALUE})")
  String format = "";

  @Option(names = "--dry-run", description = "print the plan of the first rung and stop")
  boolean dryRun;

  private final Planner planner;
  private final Methods available;

  @Inject
  TuneCommand(Planner planner, Methods available) {
    this.planner = planner;
    this.available = available;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Format tables = Format.named(format);
    Optional<Duration> limit = Optional.ofNullable(timeout).map(RunCommand::duration);
    Optional<List<Long>> testSeeds = Optional.ofNullable(then).map(this::testSeeds);
    Sharing sharing = passes.sharing(USUAL_LEARNERS);
    List<Lane> lanes = compute.lanes();
    DeviceType device = lanes.get(0).device().type();
    StudyFolder folder = new StudyFolder(out);
    Definition asked = definition(folder, device);
    folder.requireTestShut();
    Definition study = folder.goOn(asked);
    if (dryRun) {
      PlanPrinter.print(
          runner(study, folder, device).firstRung(), lanes, sharing, folder.trials(), err());
      return 0;
    }
    FolderLock lock = FolderLock.take(out);
    try {
      boolean complete = folder.isComplete(study);
      boolean mayWiden = widen && (complete || study.rounds().size() == 1);
      Outcome outcome = run(study, folder, lanes, sharing, limit);
      if (mayWiden) {
        Optional<Definition> wider = wider(study, outcome.files());
        if (wider.isPresent()) {
          study = wider.get();
          outcome = run(study, folder, lanes, sharing, limit);
        } else {
          err().println("no choice lies at an edge with something beyond: nothing is widened");
        }
      }
      print(Table.render(StudyTables.of(study, outcome.files(), outcome.seconds()), tables));
      warnOfEdges(outcome.files());
      return testSeeds.isPresent()
          ? test(folder, outcome.files(), testSeeds.get(), lanes, limit, tables)
          : outcome.exitCode();
    } finally {
      lock.close();
    }
  }

  /**
   * A study that has ended.
   *
   * @param seconds of training that a trial of each method took
   */
  private record Outcome(List<TunedFile> files, Map<String, Double> seconds) {

    int exitCode() {
      return files.stream()
              .allMatch(file -> file.choices().keySet().equals(file.definition().groups().keySet()))
          ? 0
          : Bench.FAILED;
    }
  }

  private Outcome run(
      Definition study,
      StudyFolder folder,
      List<Lane> lanes,
      Sharing sharing,
      Optional<Duration> limit)
      throws IOException, InterruptedException {
    StudyRunner runner = runner(study, folder, lanes.get(0).device().type());
    folder.begin(study);
    runner.run(lanes, sharing, folder.trials(), limit, err());
    List<TunedFile> files = new ArrayList<>();
    for (Entrant method : study.methods()) {
      TunedFile file = TunedFile.of(study, method.id(), runner.tried(method.id()));
      file.write(folder.tuned(method.id()));
      files.add(file);
    }
    return new Outcome(files, runner.seconds());
  }

  private StudyRunner runner(Definition study, StudyFolder folder, DeviceType device) {
    Path features = folder.trials().resolve("features");
    return new StudyRunner(
        study,
        asked -> planner.plan(options.request(methods, study.seeds(), device), asked, features));
  }

  private Definition definition(StudyFolder folder, DeviceType device) {
    requireVal();
    SortedMap<String, Map<String, String>> typed = typed();
    Search order = Search.named(search);
    List<Long> distinct = seeds.stream().distinct().toList();
    if (trials < 1) {
      throw new WrongInputException("--trials " + trials + " is not possible; at least 1");
    }
    Plan plan =
        planner.plan(
            options.request(methods, distinct, device), folder.trials().resolve("features"));
    for (PlannedCell planned : plan.cells()) {
      planned
          .unusable()
          .ifPresent(
              why -> {
                throw new WrongInputException(planned.cell().method().label() + ": " + why);
              });
    }
    List<Cell> cells = plan.cells().stream().map(PlannedCell::cell).toList();
    ViTConfig backbone = cells.get(0).backbone().config();
    Space tried =
        Spaces.find(
            space,
            available.descriptions(),
            typed,
            (id, given) -> available.bind(new TypedMethod(id, given), backbone).choice().options());
    available.close(); // nothing of a jar runs beside what is measured
    requireUntouched(tried);
    SortedMap<String, String> tasks = new TreeMap<>();
    cells.forEach(cell -> tasks.put(cell.task(), cell.dataSha256()));
    return Trials.settled(
        new Definition(
            folder.name(),
            cells.stream().limit(typed.size()).map(TuneCommand::entrant).toList(),
            tasks,
            order,
            List.of(new Definition.Round(trials, tried)),
            distinct,
            rungs(distinct.size()),
            oneForAllTasks,
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

  private void requireVal() {
    if (options.evaluate.equals("test")
        && spec.commandLine().getParseResult().hasMatchedOption("--evaluate")) {
      throw new WrongInputException(
          "--evaluate test is not possible: hyper-parameters are chosen on val200; --then run"
              + " judges what was chosen on test");
    }
    options.evaluate = "val";
  }

  /** What was typed of each method: it stays as it is. */
  private SortedMap<String, Map<String, String>> typed() {
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

  private void requireUntouched(Space tried) {
    if (options.lr != null && tried.lr().isPresent()) {
      throw new WrongInputException(
          "--lr is what this study tries; leave it out, or give a --space without lr");
    }
    if (options.weightDecay != null && tried.weightDecay().isPresent()) {
      throw new WrongInputException(
          "--weight-decay is what this study tries; leave it out, or give a --space without"
              + " weight-decay");
    }
  }

  private List<Integer> rungs(int all) {
    List<Integer> given = rungs != null ? rungs : IntStream.of(1, all).distinct().boxed().toList();
    boolean grow = IntStream.range(1, given.size()).allMatch(i -> given.get(i) > given.get(i - 1));
    if (!grow || given.get(0) < 1 || given.get(given.size() - 1) != all) {
      throw new WrongInputException(
          "--rungs %s is not possible; expected numbers of seeds that grow up to all %d of them"
              .formatted(String.join(",", given.stream().map(String::valueOf).toList()), all));
    }
    return given;
  }

  private Optional<Definition> wider(Definition study, List<TunedFile> files) {
    Map<String, List<String>> edges = new TreeMap<>();
    for (TunedFile file : files) {
      edges.put(
          file.method(),
          file.choices().values().stream()
              .flatMap(choice -> choice.edges().stream())
              .distinct()
              .toList());
    }
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
    Map<String, String> given =
        new TreeMap<>(study.method(method).map(Entrant::options).orElseThrow());
    if (given.replace(value.getKey(), value.getValue()) == null) {
      return Double.parseDouble(value.getValue()) > 0;
    }
    try {
      available.bind(new TypedMethod(method, given), backbone);
      return true;
    } catch (WrongInputException e) {
      return false;
    }
  }

  private void warnOfEdges(List<TunedFile> files) {
    for (TunedFile file : files) {
      SortedMap<String, List<String>> tasks = new TreeMap<>();
      file.choices()
          .forEach(
              (task, choice) ->
                  choice
                      .edges()
                      .forEach(
                          edge -> tasks.computeIfAbsent(edge, any -> new ArrayList<>()).add(task)));
      tasks.forEach(
          (edge, where) ->
              err()
                  .printf(
                      "warning   %s: the best of %s is at an edge, %s of all that was tried;"
                          + " --widen tries what is beyond%n",
                      file.method(), String.join(", ", where), edge));
    }
    err().flush();
  }

  private List<Long> testSeeds(String word) {
    String[] parts = word.split("=", 2);
    if (!parts[0].equals("run")) {
      throw new WrongInputException("--then " + word + " is not known; known: run, run=SEEDS");
    }
    if (parts.length == 1) {
      return seeds;
    }
    try {
      return Arrays.stream(parts[1].split(",", -1)).map(Long::valueOf).toList();
    } catch (NumberFormatException e) {
      throw new WrongInputException(
          "--then " + word + ": the seeds are no integers; expected, for example, run=0,1,2", e);
    }
  }

  private int test(
      StudyFolder folder,
      List<TunedFile> files,
      List<Long> testSeeds,
      List<Lane> lanes,
      Optional<Duration> limit,
      Format tables)
      throws IOException, InterruptedException {
    List<Asked> asked =
        files.stream()
            .map(file -> Asked.tuned(file.method(), folder.tuned(file.method()).toString()))
            .toList();
    options.evaluate = "test";
    options.lr = null;
    options.weightDecay = null;
    Plan plan =
        planner.plan(
            options.request(methods, testSeeds, lanes.get(0).device().type()),
            asked,
            folder.test().resolve("features"));
    List<CellRecord> ended =
        PlanRunner.run(plan, lanes, passes.sharing(1), folder.test(), limit, err());
    print(Report.of(ended, TaskOrder.known(), Notes.of(available.descriptions())).render(tables));
    return PlanRunner.exitCode(ended);
  }
}
