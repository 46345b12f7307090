package org.peftbench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.peftbench.result.CellRecord;
import org.peftbench.result.Failure;
import org.peftbench.result.RecordFolder;
import org.peftbench.result.Records;
import org.peftbench.task.TaskFiles;
import picocli.CommandLine;

/** The command line in this process; the methods are those of this module's tests. */
class BenchTest {

  @TempDir Path folder;

  private record Said(int exit, String out, String err) {}

  private static Said bench(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Bench.commandLine();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    int exit = line.execute(arguments);
    return new Said(exit, out.toString(), err.toString());
  }

  private static String good(String... arguments) {
    Said said = bench(arguments);
    assertEquals("", said.err);
    assertEquals(0, said.exit);
    return said.out;
  }

  private static void assertRefused(String message, String... arguments) {
    Said said = bench(arguments);
    assertEquals(2, said.exit);
    assertEquals("", said.out);
    assertEquals("bench: " + message, said.err.lines().findFirst().orElse(""));
    assertTrue(said.err.lines().noneMatch(line -> line.startsWith("\tat ")), said.err);
  }

  @Test
  void helpListsEveryCommandAndTheExitCodes() {
    String help = good("--help");
    for (String command : Bench.commandLine().getSubcommands().keySet()) {
      assertTrue(help.contains("\n  " + command + " "), command + " in " + help);
    }
    assertTrue(help.contains("Exit codes: 0 all cells succeeded, 1 some cell failed, 2 wrong"));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandExplainsItself(String command) {
    String help = good((command + " --help").split(" "));
    assertTrue(help.startsWith("Usage: bench " + command), help);
    assertTrue(help.lines().allMatch(line -> line.length() <= 80), help);
  }

  /** All commands and those below them, such as {@code plugin new}. */
  private static List<String> commands() {
    return below(Bench.commandLine()).toList();
  }

  private static Stream<String> below(CommandLine command) {
    return command.getSubcommands().entrySet().stream()
        .flatMap(
            sub ->
                Stream.concat(
                    Stream.of(sub.getKey()),
                    below(sub.getValue()).map(name -> sub.getKey() + " " + name)));
  }

  @Test
  void bashCompletesCommandsFromWhatCompletionPrints() throws Exception {
    Path bash = Path.of("/bin/bash");
    Assumptions.assumeTrue(Files.isExecutable(bash), "there is no bash");
    Path script = Files.writeString(folder.resolve("completion"), good("completion"));
    String complete =
        "bash -n $0 && source $0 && complete -p bench >/dev/null"
            + " && COMP_WORDS=(./bench ru) COMP_CWORD=1 && _complete_bench && echo ${COMPREPLY[@]}";
    Process completion =
        new ProcessBuilder(bash.toString(), "-c", complete, script.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD) // compopt wants a real completion
            .start();
    String said = new String(completion.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, completion.waitFor());
    assertEquals("run\n", said);
  }

  @Test
  void setupSaysWhatThereIsToChooseFromBeforeAnythingIsFetched() {
    Said said = bench("setup", "cuda");
    assertEquals(2, said.exit);
    assertTrue(said.err.contains("--from maven:\n  libtorch by bytedeco"), said.err);
    assertTrue(said.err.contains("fetches 3.0 GB"), said.err);
    assertTrue(said.err.contains("NVIDIA's CUDA Toolkit EULA and cuDNN SLA"), said.err);
    assertTrue(
        said.err.endsWith("bench: setup cuda needs --from python PATH, djl or maven\n"), said.err);
    assertRefused(
        "--from conda is not known; known: python, djl, maven", "setup", "cuda", "--from", "conda");
    Said dry = bench("setup", "cuda", "--from", "maven", "--dry-run");
    assertEquals(0, dry.exit);
    assertTrue(dry.err.startsWith("--from maven:\n"), dry.err);
  }

  @Test
  void aPathIsForAPythonAndNothingElse() {
    Said said = bench("setup", "cuda", "--from", "djl", "here");
    assertEquals(2, said.exit);
    assertEquals("bench: --from djl takes no path, and got here\n", said.err);
    assertTrue(
        bench("setup", "cuda", "--from", "python")
            .err
            .endsWith("bench: --from python needs the path of a Python, or of its torch folder\n"));
  }

  @Test
  void helpOfRunNamesEveryOption() {
    String help = good("run", "--help");
    for (String option :
        List.of(
            "--methods",
            "--tasks",
            "--data",
            "--backbone",
            "--weights",
            "--image-size",
            "--pool",
            "--seeds",
            "--profile",
            "--epochs",
            "--warmup-epochs",
            "--batch-size",
            "--lr",
            "--weight-decay",
            "--interpolation",
            "--normalize",
            "--features",
            "--evaluate",
            "--limit-test",
            "--device",
            "--threads",
            "--timeout",
            "--out",
            "--format",
            "--dry-run")) {
      assertTrue(help.contains("\n      " + option), option + " in " + help);
    }
  }

  @Test
  void versionNamesTheProgram() {
    assertTrue(good("--version").startsWith("peft-bench 0."), good("--version"));
  }

  @Test
  void commandMustBeKnown() {
    Said said = bench("reprot");
    assertEquals(2, said.exit);
    assertEquals("", said.out);
    assertTrue(said.err.contains("bench: Unmatched argument at index 0: 'reprot'"), said.err);
    assertTrue(said.err.contains("Did you mean: bench report"), said.err);
    assertTrue(said.err.contains("Try 'bench --help'."), said.err);
  }

  @Test
  void commandMustBeGiven() {
    assertRefused("Missing required subcommand");
  }

  @Test
  void optionsMustBeKnownAndTyped() {
    assertRefused("Unknown option: '--epoch=3'", run("--epoch=3"));
    assertRefused(
        "Invalid value for option '--epochs': 'three' is not an int", run("--epochs=three"));
    assertRefused("Missing required option: '--tasks=LIST'", "run", "--methods=probe");
    assertRefused(
        "--timeout 5 is not a duration; write, for example, 45s, 90m or 6h30m", run("--timeout=5"));
    assertRefused("--evaluate train is not known; known: test, val", run("--evaluate=train"));
    assertRefused("--threads 0 is not possible; at least 1", run("--threads=0"));
  }

  @Test
  void formatMustBeKnown() throws IOException {
    assertTrue(
        bench(run("--format=pdf")).err.startsWith("bench: "), bench(run("--format=pdf")).err);
    assertEquals(2, bench(run("--format=pdf")).exit);
    assertRefused(
        "--format xml is not known; known: text, csv", "describe", "probe", "--format", "xml");
  }

  @Test
  void describeNeedsOneMethodOrAll() {
    assertRefused("say which method to describe, or --all", "describe");
    assertRefused("unknown method 'lorra'; available: probe, shift, stack", "describe", "lorra");
    assertRefused(
        "unknown backbone 'resnet'; known: vit-pocket, vit-ti16, vit-s16, vit-b32, vit-b16,"
            + " vit-l16, vit-h14, vit-g14, vit-G14, vit-e14",
        "describe",
        "probe",
        "--backbone",
        "resnet");
  }

  @Test
  void reportNeedsAFolderOfRecords() throws IOException {
    Path absent = folder.resolve("absent");
    assertRefused(
        absent + ": no such folder; expected a folder of records", "report", absent.toString());
    assertRefused("there are no records in " + folder, "report", folder.toString());
  }

  @Test
  void dryRunPrintsThePlanAndWritesNothing() throws IOException {
    TaskFiles.write(folder.resolve("data/mine"));
    Path out = folder.resolve("out");
    Said said =
        bench(
            "run",
            "--methods=probe,shift[steps=3]",
            "--tasks=mine",
            "--data=" + folder.resolve("data"),
            "--backbone=vit-ti16",
            "--weights=random",
            "--normalize=none",
            "--seeds=0,1",
            "--limit-test=5",
            "--device=cpu",
            "--out=" + out,
            "--dry-run");
    assertEquals(0, said.exit);
    assertEquals("", said.out);
    assertEquals(
        """
        cells     4, records in %s
        methods   probe (cached), shift[steps=3] (live)
        tasks     mine
        seeds     0, 1
        backbone  vit-ti16, weights random, 224 pixels, cls pooling
        images    bicubic resize, none normalisation
        training  100 epochs (10 warm-up), batches of 64, AdamW lr 0.001, weight decay 0.0001
        judged on test, first 5 images only
        device    cpu, precision float32
        """
            .formatted(out),
        said.err.replace(System.lineSeparator(), "\n"));
    assertTrue(Files.notExists(out));
  }

  @Test
  void describeSaysWhatAMethodIs() {
    String text = good("describe", "shift[scale=2]", "--backbone", "vit-ti16");
    assertTrue(text.startsWith("Shift: a method of the tests (shift[scale=2])"), text);
    for (String part :
        List.of(
            "  y = x + b",
            "kind         backbone: wraps or unfreezes parts of it",
            "parameters   192 trained on vit-ti16, without the head",
            "RECONSTRUCTION",
            "  - nothing of it is published",
            "@misc{shift}")) {
      assertTrue(text.contains(part), part + " in " + text);
    }
    assertTrue(text.matches("(?s).*scale +2 +a number of at most 10 +how much.*"), text);
  }

  @Test
  void describeOfASideMethodCountsItsTaps() {
    String text = good("describe", "stack", "--backbone", "vit-ti16");
    long bytes = 2L * 197 * 192 * 4;
    assertTrue(
        text.contains("taps         z_0, z_12: %,d bytes an image in float32".formatted(bytes)),
        text);
    assertTrue(text.contains("It has no options."), text);
  }

  @Test
  void describeAllInCsvHasALineAMethod() {
    assertEquals(
        List.of(
            "method,trainable_parameters,kind,transfer_bytes_per_image,reconstruction,"
                + "starts_as_backbone,merges,options",
            "probe,0,side," + 192 * 4 + ",false,true,false,",
            "shift,192,backbone,0,true,true,false,",
            "stack,0,side," + 2 * 197 * 192 * 4 + ",false,true,false,"),
        good("describe", "--all", "--format", "csv", "--backbone", "vit-ti16").lines().toList());
  }

  @Test
  void listsSayWhatThereIs() throws IOException {
    TaskFiles.write(folder.resolve("oxford_pet"));
    TaskFiles.write(folder.resolve("mine"));
    String tasks = good("list", "tasks", "--data", folder.toString());
    assertTrue(tasks.matches("(?s).*pets +natural +37 +3,669 +oxford_iiit_pet, oxford_pet +yes.*"));
    assertTrue(tasks.matches("(?s).*svhn +natural +10 +26,032 +no.*"), tasks);
    assertTrue(tasks.matches("(?s).*mine +other +yes.*"), tasks);
    String methods = good("list", "methods", "--backbone", "vit-ti16");
    assertTrue(methods.matches("(?s).*shift +backbone +192 +Shift: a method.*"), methods);
    String backbones = good("list", "backbones");
    assertTrue(
        backbones.matches("(?s).*vit-b16 +224 +768 +12 +12 +3072 +197 +85,798,656.*"), backbones);
    String profiles = good("list", "profiles");
    assertTrue(profiles.matches("(?s).*standard +100 +10 +64 +0.001.*"), profiles);
  }

  private String[] run(String option) {
    return new String[] {
      "run",
      "--methods=probe",
      "--tasks=mine",
      "--data=" + folder,
      "--out=" + folder.resolve("out"),
      option
    };
  }

  @Test
  void exportRefusesASuiteThatItDoesNotHaveAndAFolderThatIsThere() throws IOException {
    assertRefused(
        "unknown suite 'vtab'; there are pocket and pocket_motion",
        "export",
        "vtab",
        folder.toString());
    Path there = Files.createDirectory(folder.resolve("pocket_distance"));
    assertRefused(
        "'" + there + "' is there already; remove it, or name another folder",
        "export",
        "pocket",
        folder.toString());
  }

  @Test
  void pretrainingBeginsWithWholeImagesOnly() throws IOException {
    Path data = folder.resolve("classes");
    for (String file : List.of("a/0.pgm", "a/1.pgm", "b/0.pgm", "b/1.pgm")) {
      Files.createDirectories(data.resolve(file).resolveSibling(""));
      Files.writeString(data.resolve(file), "P5 2 2 255 ....");
    }
    Path cut = Files.writeString(data.resolve("b/1.pgm"), "P5 2 2 255 .");
    Path out = folder.resolve("out");
    Said said = bench("pretrain", "--data", data.toString(), "--out", out.toString());
    assertEquals(2, said.exit);
    assertTrue(said.err.startsWith("bench: image '" + cut + "': "), said.err);
    assertEquals(1, said.err.lines().count());
    assertFalse(Files.exists(out));
  }

  @Test
  void aReportNamesEveryFileThatIsNoRecordAndShowsTheRest() throws IOException {
    CellRecord record =
        Records.failed(
            Records.cell(Records.method("last"), "svhn", 0, Records.PROTOCOL),
            Failure.Reason.OUT_OF_MEMORY,
            "none left");
    RecordFolder.create(folder).write(record);
    Path escape = Files.createFile(folder.resolve("a\u001b[2J.json"));
    Path foreign = Files.writeString(folder.resolve("b.json"), "{\"some\": \"thing\"}");
    String named =
        """
        bench: %s: not a record: it is empty; left out
        bench: %s: not a record: it has no schema number; left out
        """
            .formatted(escape.toString().replace("\u001b", "\\u001b"), foreign);
    Said said = bench("report", folder.toString());
    assertEquals(0, said.exit);
    assertEquals(named, said.err.replace("\r", ""));
    assertTrue(said.out.contains("Not in these tables: 2 files that are no records."), said.out);
    assertTrue(said.out.contains("svhn"), said.out);
    Said strict = bench("report", "--strict", folder.toString());
    assertEquals(new Said(2, "", named + strictly(2, 3)), strict);
  }

  private String strictly(int bad, int all) {
    return "bench: %d of %d files in %s are no records, and with --strict all must be%n"
        .formatted(bad, all, folder);
  }
}
