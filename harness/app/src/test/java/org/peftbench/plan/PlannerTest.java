package org.peftbench.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.peftbench.image.Refusal.assertRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peftbench.cell.BackboneMemory;
import org.peftbench.cell.Cell;
import org.peftbench.cell.DeviceType;
import org.peftbench.cell.Features;
import org.peftbench.cell.Protocol;
import org.peftbench.cell.Rate;
import org.peftbench.cell.Split;
import org.peftbench.cell.Study;
import org.peftbench.file.Folders;
import org.peftbench.image.Interpolation;
import org.peftbench.image.Normalization;
import org.peftbench.model.Precision;
import org.peftbench.model.ViTConfig;
import org.peftbench.plugin.TypedMethod;
import org.peftbench.result.RecordFolder;
import org.peftbench.task.TaskFiles;
import org.peftbench.tune.Definition;
import org.peftbench.tune.Entrant;
import org.peftbench.tune.Studies;
import org.peftbench.tune.TunedFile;

/** The methods are those of this module's tests: probe, shift and stack. */
class PlannerTest {

  @TempDir Path folder;
  private Path data;

  @BeforeEach
  void writeTasks() throws IOException {
    data = folder.resolve("data");
    TaskFiles.write(data.resolve("mine"));
    TaskFiles.write(data.resolve("svhn"));
  }

  private RequestBuilder request() {
    return new RequestBuilder(data);
  }

  private List<PlannedCell> cells(RequestBuilder request) {
    return plan(request).cells();
  }

  private Plan plan(RequestBuilder request) {
    return planner().plan(request.build(), folder.resolve("features"));
  }

  private Planner planner() {
    Methods methods = new Methods(Optional::empty);
    TaskFinder tasks = new TaskFinder(folders(), task -> {});
    return new Planner(methods, folders(), tasks);
  }

  private Protocol protocol(RequestBuilder request) {
    return cells(request).get(0).cell().protocol();
  }

  private void assertPlanRefused(RequestBuilder request, String... words) {
    assertRefused(() -> plan(request), words);
  }

  @Test
  void methodsAlternateWithinTaskAndSeed() {
    List<String> cells =
        cells(request().methods("probe,shift").tasks("mine,svhn").seeds(3, 4)).stream()
            .map(PlannedCell::cell)
            .map(cell -> cell.seed() + " " + cell.task() + " " + cell.method().id())
            .toList();
    assertEquals(
        List.of(
            "3 mine probe",
            "3 mine shift",
            "3 svhn probe",
            "3 svhn shift",
            "4 mine probe",
            "4 mine shift",
            "4 svhn probe",
            "4 svhn shift"),
        cells);
  }

  @Test
  void everyOptionIsPartOfACellsIdentity() {
    List<RequestBuilder> requests =
        List.of(
            request(),
            request().seeds(1),
            request().epochs(99),
            request().warmupEpochs(1),
            request().batchSize(8),
            request().lr(0.5),
            request().weightDecay(0.5),
            request().interpolation(Interpolation.BILINEAR),
            request().normalize(Normalization.NONE),
            request().imageSize(32),
            request().pooling(ViTConfig.Pooling.MEAN),
            request().profile("quick"),
            request().features(Features.LIVE),
            request().evaluate(Split.VAL),
            request().limitTest(2),
            request().methods("stack"));
    Set<String> identities = new HashSet<>();
    for (RequestBuilder request : requests) {
      assertTrue(identities.add(RecordFolder.identity(cells(request).get(0).cell())));
    }
  }

  @Test
  void pocketBringsItsOwnBackboneWeightsAndProfile() {
    RequestBuilder newcomers =
        request().tasks("pocket_count").backbone("").profile("").weights("").normalizeAsUsual();
    PlannedCell planned = cells(newcomers).get(0);
    assertEquals("vit-pocket", planned.cell().backbone().name());
    assertEquals("vit-pocket-world", planned.cell().backbone().weights());
    assertEquals(64, planned.cell().backbone().imageSize());
    assertEquals("pocket", planned.cell().protocol().profile());
    assertEquals(5, planned.network().classes());
    assertTrue(planned.data().startsWith(folders().suites().toString()), planned.data());
  }

  @Test
  void aProfilesOwnLearningRatesAreOverriddenForAllMethods() {
    RequestBuilder pocket = request().tasks("pocket_count").profile("pocket").normalizeAsUsual();
    assertTrue(protocol(pocket).ownLr());
    assertEquals(Profiles.named("pocket").lrOf("probe"), protocol(pocket).lr());
    assertFalse(protocol(pocket.lr(0.25)).ownLr());
    assertEquals(0.25, protocol(pocket.lr(0.25)).lr());
    assertFalse(protocol(request()).ownLr());
  }

  @Test
  void whatIsNotOfPocketAloneFollowsTheStandard() {
    PlannedCell planned =
        cells(request().tasks("svhn,pocket_count").backbone("").profile("")).get(0);
    assertEquals("vit-b16", planned.cell().backbone().name());
    assertEquals("standard", planned.cell().protocol().profile());
    List<PlannedCell> both = cells(request().tasks("svhn,pocket_count"));
    assertEquals(data.toString(), both.get(0).data());
    assertTrue(both.get(1).data().startsWith(folders().suites().toString()));
  }

  @Test
  void profileIsOverriddenOptionByOption() {
    Protocol usual = protocol(request().profile("dtl").normalizeAsUsual());
    assertEquals(
        new Protocol(
            "dtl",
            100,
            10,
            32,
            0.001,
            false,
            false,
            0.05,
            Optional.empty(),
            Precision.FLOAT32,
            Interpolation.BICUBIC,
            Normalization.INCEPTION,
            Features.CACHED,
            BackboneMemory.RESIDENT,
            1,
            Split.TEST,
            Optional.empty()),
        usual);
    Protocol changed =
        protocol(
            request()
                .profile("dtl")
                .epochs(5)
                .warmupEpochs(2)
                .batchSize(7)
                .lr(0.25)
                .weightDecay(0)
                .precision(Precision.MIXED)
                .interpolation(Interpolation.BILINEAR)
                .normalize(Normalization.NONE)
                .evaluate(Split.VAL)
                .limitTest(3));
    assertEquals(
        new Protocol(
            "dtl",
            5,
            2,
            7,
            0.25,
            false,
            true,
            0,
            Optional.empty(),
            Precision.MIXED,
            Interpolation.BILINEAR,
            Normalization.NONE,
            Features.CACHED,
            BackboneMemory.RESIDENT,
            1,
            Split.VAL,
            Optional.of(3)),
        changed);
  }

  @Test
  void aPrecisionThatTheDeviceDoesNotHaveIsRefused() {
    RequestBuilder tf32 = request().precision(Precision.TF32);
    assertRefused(() -> protocol(tf32), "on the CPU there are float32, bfloat16 and mixed");
    assertEquals(Precision.BFLOAT16, protocol(request().precision(Precision.BFLOAT16)).precision());
  }

  @Test
  void shortRunsKeepTheProfilesShareOfWarmUpAndAtLeastOneEpoch() {
    assertEquals(10, protocol(request()).warmupEpochs());
    assertEquals(2, protocol(request().epochs(20)).warmupEpochs());
    assertEquals(1, protocol(request().epochs(9)).warmupEpochs());
    assertEquals(1, protocol(request().epochs(2)).warmupEpochs());
    assertEquals(0, protocol(request().epochs(1)).warmupEpochs());
    assertEquals(0, protocol(request().epochs(9).warmupEpochs(0)).warmupEpochs());
    assertEquals(10, protocol(request().epochs(300)).warmupEpochs());
    assertEquals(5, protocol(request().epochs(20).warmupEpochs(5)).warmupEpochs());
  }

  @Test
  void tapsSmallerThanTheImageAreCached() {
    assertEquals(Features.CACHED, protocol(request().methods("probe")).features());
    assertEquals(Features.LIVE, protocol(request().methods("stack")).features());
    assertEquals(Features.LIVE, protocol(request().methods("shift")).features());
  }

  @Test
  void wishForFeaturesHoldsForSideMethodsOnly() {
    List<Features> features =
        cells(request().methods("probe,shift,stack").features(Features.CACHED_FLOAT16)).stream()
            .map(planned -> planned.cell().protocol().features())
            .toList();
    assertEquals(
        List.of(Features.CACHED_FLOAT16, Features.LIVE, Features.CACHED_FLOAT16), features);
  }

  @Test
  void normalisationOfUnknownWeightsMustBeGivenOrComeFromTheProfile() {
    assertPlanRefused(
        request().normalizeAsUsual(),
        "the normalisation that random was trained with is not known; give --normalize");
    assertEquals(
        Normalization.IMAGENET, protocol(request().normalizeAsUsual().profile("noah")).normalize());
    assertEquals(
        Normalization.NONE,
        protocol(request().normalize(Normalization.NONE).profile("noah")).normalize());
  }

  @Test
  void judgingOnValLeavesTheTestSplitShut() throws IOException {
    Files.delete(data.resolve("mine/test.txt"));
    assertEquals(1, cells(request().evaluate(Split.VAL)).size());
    assertPlanRefused(request(), "no list '" + data.resolve("mine/test.txt") + "'");
  }

  @Test
  void aPlannedCellSaysWhereThingsAre() {
    PlannedCell planned = cells(request()).get(0);
    assertEquals(data.toAbsolutePath().toString(), planned.data());
    assertEquals(2, planned.network().classes());
    assertEquals(Optional.empty(), planned.network().weights());
    Cell cell = planned.cell();
    assertEquals("random", cell.backbone().weights());
    assertEquals(64, cell.dataSha256().length());
    assertEquals(DeviceType.CPU, cell.device());
  }

  @Test
  void dataThatDifferFromVtabAreNoted() {
    List<String> notes = plan(request().tasks("svhn")).notes();
    assertTrue(notes.contains("svhn: test.txt lists 6 images, VTAB-1K's has 26032"), "" + notes);
  }

  @Test
  void unknownNamesSayWhatIsKnown() {
    assertPlanRefused(
        request().methods("lorra"), "unknown method 'lorra'; available: probe, shift, stack");
    assertPlanRefused(request().tasks("mien"), "unknown task 'mien'", "mine");
    assertPlanRefused(
        request().profile("fast"),
        "unknown profile 'fast'; known: standard, noah, dtl, pocket, quick");
    assertPlanRefused(
        request().backbone("vit-x16"), "unknown backbone 'vit-x16'; known: vit-pocket, vit-ti16");
    assertPlanRefused(request().backbone("vit-b15"), "patches of 15 pixels do not tile 224 pixels");
  }

  @Test
  void impossibleNumbersAreRefused() {
    assertPlanRefused(request().imageSize(33), "image size 33 is not a multiple");
    assertPlanRefused(request().imageSize(0), "image size 0 is not positive");
    assertPlanRefused(request().epochs(0), "--epochs 0 is not possible; at least 1");
    assertPlanRefused(request().epochs(100_001), "--epochs 100001 is not possible; at most 100000");
    assertPlanRefused(
        request().epochs(5).warmupEpochs(5), "--warmup-epochs 5 leaves nothing of 5 epochs");
    assertPlanRefused(request().warmupEpochs(-1), "--warmup-epochs -1 is not possible; at least 0");
    assertPlanRefused(request().batchSize(0), "--batch-size 0 is not possible; at least 1");
    assertPlanRefused(
        request().batchSize(Integer.MAX_VALUE),
        "--batch-size 2147483647 is not possible at ",
        "at most ");
    assertPlanRefused(request().seeds(), "--seeds has none; expected, for example, 0,1,2");
    assertPlanRefused(request().seeds(-1), "--seeds -1 is not possible; 0 to 2147483647");
    assertPlanRefused(request().seeds(1L << 32), "--seeds 4294967296 is not possible");
    assertPlanRefused(request().lr(0), "--lr 0.0 is not a positive number");
    assertPlanRefused(request().lr(Double.NaN), "--lr NaN is not a positive number");
    assertPlanRefused(request().lr(Double.POSITIVE_INFINITY), "is not a positive number");
    assertPlanRefused(request().weightDecay(-1), "--weight-decay -1.0 is not a number from 0 on");
    assertPlanRefused(request().limitTest(0), "--limit-test 0 is not possible; at least 1");
  }

  @Test
  void hyperParametersThatDoNotFitTheBackboneAreRefused() {
    assertPlanRefused(
        request().methods("shift[steps=13]"), "shift[steps=13]: 13 steps in 12 blocks");
  }

  @Test
  void weightsThatAreNotThereSayHowToGetThem() {
    assertPlanRefused(
        request().weights("absent.safetensors"), "there is no weight file absent.safetensors");
    assertPlanRefused(request().weights("no-such-weights"), "no-such-weights");
    assertPlanRefused(
        request().backbone("vit-b16").weights(""),
        "are not here yet; fetch them with: bench backbone download ");
    assertPlanRefused(
        request().backbone("vit-e14").weights(""), "no public weights are known for vit-e14");
  }

  @Test
  void brokenDataAreFoundBeforeAnythingStarts() throws IOException {
    Path list = data.resolve("mine/test.txt");
    Files.writeString(list, "images/test/0.pgm 2\n", StandardOpenOption.APPEND);
    assertPlanRefused(request(), "'" + list + "' line 7: label '2'");
    Files.writeString(list, "images/test/0.pgm 1\n");
    Path image = data.resolve("mine/images/train800/1.pgm");
    Files.writeString(image, "P5 2 2 255 .");
    assertPlanRefused(request(), image.toString());
  }

  private static final String NEXT = "[tuned=%s]";

  private String tuned(boolean oneForAll) {
    Path file = folder.resolve("tuned-" + oneForAll + ".json");
    Studies.probe(oneForAll).write(file);
    return "probe" + NEXT.formatted(file);
  }

  @Test
  void whatAStudyChoseIsForEachTaskItsOwn() {
    List<Cell> cells =
        cells(request().methods(tuned(false)).tasks("mine,svhn")).stream()
            .map(PlannedCell::cell)
            .toList();
    Study study = Studies.probe(false).study();
    assertEquals(
        List.of(
            new Rate(0.001, true, false, 0.05, Optional.of(study)),
            new Rate(0.001, true, false, 1e-4, Optional.of(study))),
        cells.stream().map(cell -> cell.protocol().rate()).toList());
    assertEquals("probe[tuned=small]", cells.get(0).method().label());
    assertEquals(cells.get(0).method().acrossTasks(), cells.get(1).method().acrossTasks());
    assertFalse(cells.get(0).protocol().untuned());
  }

  @Test
  void aTunedCellIsTheSameWhereverTheFileIs() throws IOException {
    String here = tuned(false);
    Path elsewhere = Files.copy(folder.resolve("tuned-false.json"), folder.resolve("moved.json"));
    assertEquals(
        RecordFolder.identity(cells(request().methods(here)).get(0).cell()),
        RecordFolder.identity(
            cells(request().methods("probe" + NEXT.formatted(elsewhere))).get(0).cell()));
  }

  @Test
  void aChoiceForAllTasksIsForOthersToo() throws IOException {
    TaskFiles.write(data.resolve("third"));
    assertEquals(
        Optional.of(Studies.probe(true).study()),
        protocol(request().methods(tuned(true)).tasks("third")).study());
    assertPlanRefused(
        request().methods(tuned(false)).tasks("third"),
        "has nothing for probe on third; it is for mine, svhn");
  }

  @Test
  void aTunedMethodIsThatMethodWithoutAnythingBesides() {
    assertPlanRefused(
        request().methods("shift" + NEXT.formatted(folder.resolve("tuned-false.json"))),
        "no such file");
    String file = tuned(false).replace("probe", "");
    assertPlanRefused(
        request().methods("shift" + file), "is what a study chose for probe, not for shift");
    assertPlanRefused(
        request().methods("shift" + file.replace("]", ",steps=3]")),
        "has all options of its study");
    assertPlanRefused(request().methods("probe" + file).lr(0.1), "probe[tuned=small]", "--lr");
    assertPlanRefused(request().methods("probe" + file).weightDecay(0.1), "--weight-decay");
  }

  @Test
  void aRateThatWasChosenWithAnotherJarSaysSo() {
    Definition study = Studies.probe(true).definition();
    Entrant old = study.methods().get(0);
    Definition ofJar =
        new Definition(
            study.name(),
            List.of(
                new Entrant(
                    old.id(),
                    old.options(),
                    Optional.of("e".repeat(64)),
                    old.features(),
                    old.lr(),
                    old.weightDecay())),
            study.tasks(),
            study.search(),
            study.rounds(),
            study.seeds(),
            study.rungs(),
            study.oneForAllTasks(),
            study.setting());
    Path file = folder.resolve("of-jar.json");
    TunedFile.of(ofJar, "probe", Studies.probe(true).trials()).write(file);
    String note = "the rate of probe[tuned=small] was chosen with another jar";
    assertTrue(plan(request().methods("probe" + NEXT.formatted(file))).notes().contains(note));
    assertFalse(plan(request().methods(tuned(true))).notes().contains(note));
  }

  @Test
  void aRunThatDiffersFromTheStudySaysSo() {
    String note = "the rate of probe[tuned=small] was chosen on vit-b16 (ViT-B_16.npz)";
    List<String> notes = plan(request().methods(tuned(false)).epochs(5)).notes();
    assertTrue(
        notes.stream().anyMatch(line -> line.startsWith(note) && line.contains("5 epochs")),
        () -> notes.toString());
    assertFalse(plan(request()).notes().stream().anyMatch(line -> line.contains("was chosen")));
  }

  @Test
  void trialsOfOneMethodAreCellsOfTheirOwn() {
    TypedMethod probe = new TypedMethod("probe", Map.of());
    List<Asked> trials =
        Stream.of(0.1, 0.2)
            .map(lr -> new Asked(probe, Optional.of(new Rate(lr, true, true, 0, Optional.empty()))))
            .toList();
    assertEquals(
        List.of(0.1, 0.2),
        planner().plan(request().build(), trials, folder.resolve("features")).cells().stream()
            .map(planned -> planned.cell().protocol().lr())
            .toList());
    assertRefused(
        () ->
            planner()
                .plan(
                    request().build(),
                    List.of(trials.get(0), trials.get(0)),
                    folder.resolve("features")),
        "'probe' is given twice");
  }

  @Test
  void aProfilesStudyStandsBehindTheRatesOfItsMethodsAlone() {
    Study study = new Study("small", "a".repeat(64), 5, 3);
    Profile usual = Profiles.named("pocket");
    Profile studied =
        new Profile(
            usual.name(),
            usual.doc(),
            usual.epochs(),
            usual.warmupEpochs(),
            usual.batchSize(),
            usual.lr(),
            Optional.of(Map.of("probe", 0.02)),
            usual.weightDecay(),
            usual.precision(),
            usual.interpolation(),
            usual.normalize(),
            Optional.of(study));
    Protocol own = protocol(request().tasks("pocket_count").profile("pocket"));
    assertEquals(
        new Rate(0.02, true, false, usual.weightDecay(), Optional.of(study)),
        studied.rate("probe", own, true));
    assertEquals(Optional.empty(), studied.rate("shift", own, true).study());
    assertEquals(Optional.empty(), studied.rate("probe", own, false).study());
    Protocol given = protocol(request().tasks("pocket_count").profile("pocket").lr(0.1));
    assertEquals(Optional.empty(), studied.rate("probe", given, true).study());
    assertEquals(0.1, studied.rate("probe", given, true).lr());
    assertEquals(usual.study(), usual.rate("linear", own, true).study());
  }

  private Folders folders() {
    return new Folders(Map.of("BENCH_CACHE", folder.toString()));
  }
}
