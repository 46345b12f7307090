package org.peftbench.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peftbench.result.Status;

/** From an empty folder to a method of one's own in the table. */
class NewPluginIT {

  private static final int MINUTES = 5;

  @TempDir Path folder;

  @Test
  void aNewPluginBuildsPassesItsTestAndRunsBesideLora() throws Exception {
    Assumptions.assumeTrue(
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "mvn"))),
        "there is no mvn on the PATH");
    Path project = folder.resolve("a folder/my-adapter");
    String out =
        BenchProcess.run("plugin", "new", "my-adapter", "--dir", project.toString())
            .expect(0)
            .out();
    assertTrue(out.contains("mvn verify"), out);
    verify(project);
    Path data = TinyData.write(folder.resolve("data"));
    Path runs = folder.resolve("runs");
    String plugins = project.resolve("target").toString();
    String[] command =
        TinyRun.arguments(
            data, runs, "lora,my-adapter", "colours", "--epochs", "2", "--plugins", plugins);
    String table = BenchProcess.run(command).expect(0).out();
    assertTrue(table.contains("\n| my-adapter "), table);
    assertEquals(Status.SUCCEEDED, TinyRun.record(runs, "my-adapter", "colours").status());
    String jar = project.resolve("target/my-adapter.jar").toString();
    assertEquals(
        "my-adapter: 21 promises kept, 0 broken\n",
        BenchProcess.run("plugin", "test", jar).expect(0).out());
    assertFalse(BenchProcess.run("list", "methods").expect(0).out().contains("my-adapter"));
  }

  @Test
  void anIdThatIsTakenIsRefused() throws Exception {
    String err = BenchProcess.run("plugin", "new", "lora").expect(2).err();
    assertTrue(err.contains("there is a method 'lora' already"), err);
  }

  private void verify(Path project) throws Exception {
    Path log = folder.resolve("mvn.log");
    Process maven =
        new ProcessBuilder("mvn", "-B", "-ntp", "verify")
            .directory(project.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertTrue(maven.waitFor(MINUTES, TimeUnit.MINUTES), "mvn verify hangs");
    String said = Files.readString(log);
    assertEquals(0, maven.exitValue(), said);
    assertFalse(said.contains("hecksum"), said);
    assertTrue(said.contains("Tests run: 22, Failures: 0, Errors: 0, Skipped: 0"), said);
  }
}
