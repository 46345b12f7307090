package org.peftbench.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peftbench.result.Status;

/** From an empty folder to a method of one's own in the table. */
class NewPluginIT {

  @TempDir Path folder;

  @Test
  void aNewPluginBuildsPassesItsTestAndRunsBesideLora() throws Exception {
    Assumptions.assumeTrue(
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "mvn"))),
        "there is no mvn on the PATH");
    Shell shell = Shell.in(folder.resolve("peft bench"));
    String printed =
        shell.run("./bench plugin new my-adapter --dir '../a folder/my-adapter'").expect(0).out();
    String typed =
        printed
            .lines()
            .filter(line -> line.startsWith("  "))
            .map(String::strip)
            .collect(Collectors.joining("\n"));
    assertTrue(typed.contains("mvn verify\nbench run "), printed);
    String said = shell.run(typed).expect(0).out();
    assertFalse(said.contains("hecksum"), said);
    assertTrue(said.contains("Tests run: 24, Failures: 0, Errors: 0, Skipped: 0"), said);
    assertTrue(said.contains("\n| my-adapter "), said);
    Path project = folder.resolve("a folder/my-adapter");
    assertEquals(
        Status.SUCCEEDED,
        TinyRun.record(project.resolve("runs"), "my-adapter", "pocket_scanner").status());
    String jar = project.resolve("target/my-adapter.jar").toString();
    assertEquals(
        "my-adapter: 23 promises kept, 0 broken\n",
        BenchProcess.run("plugin", "test", jar).expect(0).out());
    assertFalse(BenchProcess.run("list", "methods").expect(0).out().contains("my-adapter"));
  }

  @Test
  void anIdThatIsTakenIsRefused() throws Exception {
    String err = BenchProcess.run("plugin", "new", "lora").expect(2).err();
    assertTrue(err.contains("there is a method 'lora' already"), err);
  }
}
