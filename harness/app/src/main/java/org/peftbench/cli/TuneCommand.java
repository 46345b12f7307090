package org.peftbench.cli;

import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.peftbench.WrongInputException;
import org.peftbench.cell.DeviceType;
import org.peftbench.file.FolderLock;
import org.peftbench.plan.Asked;
import org.peftbench.plan.Methods;
import org.peftbench.plan.Plan;
import org.peftbench.plan.Planner;
import org.peftbench.plan.RunRequest;
import org.peftbench.plan.Sharing;
import org.peftbench.report.Format;
import org.peftbench.report.Notes;
import org.peftbench.report.Report;
import org.peftbench.report.Table;
import org.peftbench.report.TaskOrder;
import org.peftbench.result.CellRecord;
import org.peftbench.run.Lane;
import org.peftbench.run.Limits;
import org.peftbench.tune.Definition;
import org.peftbench.tune.Entrant;
import org.peftbench.tune.StudyFolder;
import org.peftbench.tune.StudyTables;
import org.peftbench.tune.TunedFile;
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
      "and method, or what --lr, --weight-decay and options say. All trials run with the",
      "seeds of the first rung, and the best go on to the next. A study that was stopped",
      "goes on where it was. What it chose is in OUT/tuned, a file a method:",
      "  bench run --methods last[tuned=OUT/tuned/last.json] ..."
    })
final class TuneCommand extends Printing implements Callable<Integer> {

  @Option(
      names = "--methods",
      required = true,
      paramLabel = "LIST",
      description = "methods, such as last,lora[rank=8], or all; options that are typed stay so")
  String methods = "";

  @Mixin final RunOptions options = new RunOptions();

  @Mixin final BackboneUseOptions backbone = new BackboneUseOptions();

  @Mixin final LaneOptions compute = new LaneOptions();

  @Mixin final SharingOptions passes = new SharingOptions();

  @Mixin final LimitOptions limited = new LimitOptions();

  @Mixin final CellOptions cells = new CellOptions();

  @Mixin final StudyOptions wanted = new StudyOptions();

  /** Where nothing is said, trials of side methods share passes of so many. */
  private static final int USUAL_LEARNERS = 16;

  @Option(
      names = "--widen",
      description =
          "go on with a space that has more beyond the edges that choices lie at, and a quarter of"
              + " the trials more")
  boolean widen;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "studies",
      description = "folder of the study, which is called like it (default: ${DEFAULT-VALUE})")
  Path out = Path.of("");

  private final Planner planner;
  private final Methods available;
  private final StudyMaker maker;

  @Inject
  TuneCommand(Planner planner, Methods available) {
    this.planner = planner;
    this.available = available;
    this.maker = new StudyMaker(available);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Format tables = cells.tables();
    Limits limits = limited.limits();
    Optional<List<Long>> testSeeds = wanted.testSeeds();
    Sharing sharing = passes.sharing(USUAL_LEARNERS);
    List<Lane> lanes = compute.lanes();
    DeviceType device = lanes.get(0).device().type();
    StudyFolder folder = new StudyFolder(out);
    Definition asked = asked(folder, device);
    folder.requireTestShut();
    Optional<RunRequest> onTest = testSeeds.map(few -> request(few, device).judgedOnTest());
    // What is wrong with judging is found before hours of trials.
    onTest.ifPresent(request -> planner.plan(request, folder.test().resolve("features")));
    StudyRunner first = runner(folder.goOn(asked), folder, device);
    if (cells.dryRun) {
      PlanPrinter.print(first.firstRung(), lanes, sharing, folder.trials(), err());
      return 0;
    }
    FolderLock lock = FolderLock.take(out);
    try {
      Definition study = folder.goOn(asked);
      // One that was being widened when it was stopped comes to its end first.
      boolean mayWiden = widen && (study.rounds().size() == 1 || folder.isComplete(study));
      StudyRunner runner = first.study().equals(study) ? first : runner(study, folder, device);
      Outcome outcome = run(runner, folder, lanes, sharing, limits);
      if (mayWiden) {
        Optional<Definition> wider = maker.wider(study, outcome.files());
        if (wider.isPresent()) {
          study = wider.get();
          outcome = run(runner(study, folder, device), folder, lanes, sharing, limits);
        } else {
          err().println("no choice lies at an edge with something beyond: nothing is widened");
        }
      }
      print(Table.render(StudyTables.of(study, outcome.files(), outcome.seconds()), tables));
      warnOfEdges(outcome.files());
      return onTest.isPresent()
          ? test(folder, outcome.files(), onTest.get(), lanes, limits, tables)
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
      return files.stream().allMatch(TuneCommand::isWhole) ? 0 : Bench.FAILED;
    }
  }

  private Outcome run(
      StudyRunner runner, StudyFolder folder, List<Lane> lanes, Sharing sharing, Limits limits)
      throws IOException, InterruptedException {
    Definition study = runner.study();
    folder.begin(study);
    runner.run(lanes, sharing, folder.trials(), limits, err());
    List<TunedFile> files = new ArrayList<>();
    for (Entrant method : study.methods()) {
      TunedFile file = TunedFile.of(study, method.id(), runner.tried(method.id()));
      file.write(folder.tuned(method.id()));
      files.add(file);
    }
    return new Outcome(files, runner.seconds());
  }

  private Definition asked(StudyFolder folder, DeviceType device) {
    requireVal();
    Plan usual = planner.plan(request(wanted.seeds(), device), folder.trials().resolve("features"));
    return maker.define(folder.name(), methods, wanted, usual);
  }

  private RunRequest request(List<Long> seeds, DeviceType device) {
    return options.request(methods, seeds, backbone.use(limited.limits(), device), device);
  }

  private StudyRunner runner(Definition study, StudyFolder folder, DeviceType device) {
    Path features = folder.trials().resolve("features");
    return new StudyRunner(
        study, asked -> planner.plan(request(study.seeds(), device), asked, features));
  }

  /** Trials are judged on val200, whatever is asked for. */
  private void requireVal() {
    if (options.evaluate.equals("test")
        && spec.commandLine().getParseResult().hasMatchedOption("--evaluate")) {
      throw new WrongInputException(
          "--evaluate test is not possible: hyper-parameters are chosen on val200; --then run"
              + " judges what was chosen on test");
    }
    options.evaluate = "val";
  }

  private void warnOfEdges(List<TunedFile> files) {
    for (TunedFile file : files) {
      file.edges()
          .forEach(
              (edge, where) ->
                  err()
                      .printf(
                          "warning   %s: the best of %s is at an edge, %s of all that was tried;"
                              + " --widen tries what is beyond%n",
                          file.method(), String.join(", ", where), edge));
    }
    err().flush();
  }

  private int test(
      StudyFolder folder,
      List<TunedFile> files,
      RunRequest request,
      List<Lane> lanes,
      Limits limits,
      Format tables)
      throws IOException, InterruptedException {
    List<Asked> asked = new ArrayList<>();
    for (TunedFile file : files) {
      if (isWhole(file)) {
        asked.add(Asked.tuned(file.method(), folder.tuned(file.method()).toString()));
      } else {
        err().printf("%s is not judged: on some task all its trials failed%n", file.method());
      }
    }
    if (asked.isEmpty()) {
      return Bench.FAILED;
    }
    Plan plan = planner.plan(request, asked, folder.test().resolve("features"));
    List<CellRecord> ended =
        PlanRunner.run(plan, lanes, passes.sharing(1), folder.test(), limits, err());
    print(Report.of(ended, TaskOrder.known(), Notes.of(available.descriptions())).render(tables));
    return asked.size() == files.size() ? PlanRunner.exitCode(ended) : Bench.FAILED;
  }

  /** Whether there is a choice for all tasks of its study. */
  private static boolean isWhole(TunedFile file) {
    return file.choices().keySet().equals(file.definition().groups().keySet());
  }
}
