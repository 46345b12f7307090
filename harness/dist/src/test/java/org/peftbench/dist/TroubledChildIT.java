package org.peftbench.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peftbench.result.Failure;

/**
 * Every command that starts a child says how the child ended, and exits with 1: no crash is a
 * user's wrong input. What else a child may do is tested with {@code Child} itself, which all
 * commands share.
 */
class TroubledChildIT {

  /** Stands where the child's main class is looked for. */
  private static final String WORKER =
      """
      package org.peftbench.worker;
      public final class Worker {
        public static void main(String[] args) {
          System.err.println("its last words");
          Runtime.getRuntime().halt(3);
        }
      }
      """;

  @TempDir static Path folder;
  private static Path worker;

  @BeforeAll
  static void writeInputs() throws Exception {
    worker = Files.createDirectory(folder.resolve("worker"));
    Path source = Files.writeString(folder.resolve("Worker.java"), WORKER);
    assertEquals(
        0,
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", worker.toString(), source.toString()));
    new JarBuilder("stranger").write(folder.resolve("stranger.jar"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "step linear --backbone=vit-pocket --device=cpu",
        "fit linear --backbone=vit-pocket --device=cpu",
        "evaluate ADAPTER --data=DATA --device=cpu",
        "merge ADAPTER -o FOLDER/merged.safetensors",
        "pretrain --images=960 --out=FOLDER/pretrained --device=cpu",
        "plugin test FOLDER/stranger.jar",
        "backbone verify ADAPTER --reference=ADAPTER"
      })
  void aChildThatExitsIsAFailureOfItsCommand(String command) throws Exception {
    List<String> arguments =
        Stream.of(command.split(" ", -1))
            .map(word -> word.replace("ADAPTER", AllMethods.adapter("linear").toString()))
            .map(word -> word.replace("DATA", AllMethods.DATA.toString()))
            .map(word -> word.replace("FOLDER", folder.toString()))
            .toList();
    BenchProcess.Result result =
        BenchProcess.runBehind(worker, arguments.toArray(String[]::new)).expect(1);
    assertEquals("", result.out());
    List<String> said = result.err().lines().toList();
    assertTrue(
        said.stream()
            .anyMatch(
                line ->
                    line.matches(
                        "bench: .* did not come to an end: crashed, ended with exit code 3")),
        result.err());
    assertEquals("  its last words", said.get(said.size() - 1));
  }

  @Test
  void aCellIsRecordedAsCrashed() throws Exception {
    Path out = folder.resolve("crashed");
    BenchProcess.runBehind(worker, TinyRun.arguments(AllMethods.DATA, out, "linear", "colours"))
        .expect(1);
    Failure failure = TinyRun.record(out, "linear", "colours").failure().orElseThrow();
    assertEquals(Failure.Reason.CRASHED, failure.reason());
    assertEquals("ended with exit code 3 in phase start", failure.message());
    assertTrue(failure.log().contains("its last words"));
  }

  @Test
  void theDoctorSaysSo() throws Exception {
    String out = BenchProcess.runBehind(worker, "doctor", "--device=cpu").expect(1).out();
    assertTrue(
        out.contains("BAD  PyTorch    crashed, ended with exit code 3: its last words"), out);
  }
}
