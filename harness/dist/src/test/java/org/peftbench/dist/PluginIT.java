package org.peftbench.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.peftbench.file.Sha256;
import org.peftbench.result.CellRecord;
import org.peftbench.result.Failure;
import org.peftbench.result.Status;

/** Strangers' jars: they run beside built-in methods, and whatever they do fails them alone. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PluginIT {

  @TempDir static Path apart;
  private static BenchProcess misbehaving;

  /** Begun first: one of these jars keeps it waiting for twenty seconds. */
  @BeforeAll
  static void startWithJarsThatMisbehaveWhenTheyAreRead() throws Exception {
    Path jars = apart.resolve("plugins");
    new JarBuilder("evil")
        .constructor("if (true) throw new IllegalStateException(\"no\");")
        .write(jars.resolve("throws.jar"));
    new JarBuilder("exits").constructor("System.exit(0);").write(jars.resolve("exits.jar"));
    new JarBuilder("loops")
        .constructor("while (true) { java.util.concurrent.locks.LockSupport.park(); }")
        .write(jars.resolve("loops.jar"));
    new JarBuilder("hungry").constructor("allocate();").write(jars.resolve("hungry.jar"));
    new JarBuilder("other").spi("99").write(jars.resolve("other.jar"));
    Files.writeString(jars.resolve("text.jar"), "not a jar");
    misbehaving =
        BenchProcess.start(
            TinyRun.arguments(
                TinyData.write(apart.resolve("data")),
                apart.resolve("out"),
                "linear,evil",
                "colours",
                "--epochs=1",
                "--plugins=" + jars));
  }

  @TempDir Path folder;
  private Path data;
  private Path out;
  private Path plugins;

  @BeforeEach
  void writeData() {
    data = TinyData.write(folder.resolve("data"));
    out = folder.resolve("out");
    plugins = folder.resolve("plugins");
  }

  @Test
  void aJarsMethodRunsAndItsHashIsPartOfTheCell() throws Exception {
    Path jar = new JarBuilder("stranger").write(plugins.resolve("stranger.jar"));
    run("linear,stranger").expect(0);
    CellRecord first = TinyRun.record(out, "stranger", "colours");
    assertEquals(Optional.of(Sha256.of(jar)), first.cell().method().plugin());
    assertEquals(
        Optional.empty(), TinyRun.record(out, "linear", "colours").cell().method().plugin());
    new JarBuilder("stranger").adapt("int changed = 1;").write(jar);
    run("linear,stranger").expect(0);
    assertEquals(3, BenchProcess.records(out).size(), "another jar is another cell");
    Files.delete(jar);
    String list = BenchProcess.run("list", "methods").expect(0).out();
    assertFalse(list.contains("stranger"), list);
  }

  @Test
  void theListSaysWhichJarAMethodComesFrom() throws Exception {
    new JarBuilder("stranger").write(plugins.resolve("their.jar"));
    String list = list().expect(0).out();
    assertTrue(
        list.matches("(?s).*stranger +backbone +768 +A stranger's method +their.jar.*"), list);
    String described =
        BenchProcess.run("describe", "stranger", "--plugins", plugins.toString()).expect(0).out();
    assertTrue(described.contains("y = x + b"), described);
    assertTrue(described.contains("their.jar"), described);
  }

  @Test
  void aJarSeesTheSpiAndNothingElseOfThisProgram() throws Exception {
    String hidden =
        "try { Class.forName(\"%s\"); throw new Error(\"seen: %1$s\"); }"
            + " catch (ClassNotFoundException e) { }";
    new JarBuilder("apart")
        .constructor(
            "new org.peftbench.layers.QuickGelu();"
                + hidden.formatted("org.peftbench.cli.Bench")
                + hidden.formatted("org.peftbench.training.Learner")
                + hidden.formatted("com.google.inject.Guice")
                + hidden.formatted("org.peftbench.methods.lora.LoraMethod"))
        .write(plugins.resolve("apart.jar"));
    String list = list().expect(0).out();
    assertTrue(list.contains("apart"), list);
  }

  @Test
  void twoMethodsOfOneIdNameBothJarsAndAreInTheWayOfNoOther() throws Exception {
    new JarBuilder("twin").write(plugins.resolve("a.jar"));
    new JarBuilder("twin").adapt("int b = 0;").write(plugins.resolve("b.jar"));
    String twins = "(?s).*two methods are called 'twin': .*a\\.jar and .*b\\.jar.*";
    String err = list().expect(0).err();
    assertTrue(err.matches(twins), err);
    err = run("linear,twin").expect(2).err();
    assertTrue(err.matches(twins), err);
  }

  @Test
  @Order(Integer.MAX_VALUE) // what it waits for was begun before all tests
  void aJarThatMisbehavesWhenItIsReadFailsItsOwnCellsOnly() throws Exception {
    BenchProcess.Result result = misbehaving.result().expect(1);
    assertEquals(
        Status.SUCCEEDED, TinyRun.record(apart.resolve("out"), "linear", "colours").status());
    Failure failure =
        TinyRun.record(apart.resolve("out"), "evil", "colours").failure().orElseThrow();
    assertEquals(Failure.Reason.PLUGIN, failure.reason());
    assertEquals(
        "no jar that can be used has a method 'evil'; exits.jar, hungry.jar, loops.jar, other.jar,"
            + " text.jar, ... cannot be: see bench list methods",
        failure.message());
    for (String expected :
        new String[] {
          "could not be instantiated: java.lang.IllegalStateException: no",
          "exits.jar: its code ended the process that asked what its methods are: ended with exit code 0",
          "loops.jar: its methods did not say within 20 s",
          "could not be instantiated: java.lang.OutOfMemoryError",
          "other.jar is built for version 99 of the SPI; this is version 1",
          "text.jar cannot be read as a jar"
        }) {
      assertTrue(result.err().contains(expected), result.err());
    }
  }

  @Test
  void aJarThatMisbehavesInItsCellFailsThatOnly() throws Exception {
    new JarBuilder("exits").training("System.exit(0);").write(plugins.resolve("exits.jar"));
    new JarBuilder("hungry").training("allocate();").write(plugins.resolve("hungry.jar"));
    new JarBuilder("broken")
        .training("if (true) throw new IllegalStateException(\"by design\");")
        .write(plugins.resolve("broken.jar"));
    new JarBuilder("stuck")
        .adapt("if (true) throw new IllegalStateException(\"cannot adapt\");")
        .write(plugins.resolve("stuck.jar"));
    run("exits,hungry,broken,stuck,linear").expect(1);
    assertFailed("exits", Failure.Reason.CRASHED, "ended with exit code 0 in phase train");
    assertFailed("hungry", Failure.Reason.OUT_OF_MEMORY, "");
    assertFailed("broken", Failure.Reason.ERROR, "IllegalStateException: by design");
    assertFailed("stuck", Failure.Reason.PLUGIN, "IllegalStateException: cannot adapt");
    assertEquals(Status.SUCCEEDED, TinyRun.record(out, "linear", "colours").status());
  }

  @Test
  void aJarIsPutToTheContract() throws Exception {
    Path sound = new JarBuilder("sound").write(plugins.resolve("sound.jar"));
    String out = BenchProcess.run("plugin", "test", sound.toString()).expect(0).out();
    assertEquals("sound: 23 promises kept, 0 broken\n", out);
    Path broken =
        new JarBuilder("broken")
            .adapt("backbone.unfreeze(\"blocks.0.attn.qkv.bias\");")
            .write(plugins.resolve("broken.jar"));
    out = BenchProcess.run("plugin", "test", broken.toString()).expect(1).out();
    assertTrue(out.contains("broken: BROKEN: its count matches its formula"), out);
    assertTrue(out.contains("the formula gives 16 values"), out);
    Path exits = new JarBuilder("exits").training("System.exit(7);").write(folder.resolve("e.jar"));
    String err = BenchProcess.run("plugin", "test", exits.toString()).expect(1).err();
    assertTrue(err.contains("crashed, ended with exit code 7"), err);
    BenchProcess.run("plugin", "test", folder.resolve("absent.jar").toString()).expect(2);
  }

  @Test
  void aFolderThatIsNotThereIsRefused() throws Exception {
    String err = list().expect(2).err();
    assertTrue(err.contains("--plugins " + plugins + " is not a folder"), err);
  }

  private void assertFailed(String method, Failure.Reason reason, String message) {
    Failure failure = TinyRun.record(out, method, "colours").failure().orElseThrow();
    assertEquals(reason, failure.reason(), failure.message());
    assertTrue(failure.message().contains(message), failure.message());
  }

  private BenchProcess.Result list() throws Exception {
    return BenchProcess.run("list", "methods", "--plugins", plugins.toString());
  }

  private BenchProcess.Result run(String methods) throws Exception {
    return BenchProcess.run(
        TinyRun.arguments(
            data, out, methods, "colours", "--epochs", "1", "--plugins", plugins.toString()));
  }
}
