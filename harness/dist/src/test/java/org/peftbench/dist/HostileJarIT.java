package org.peftbench.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peftbench.result.CellRecord;
import org.peftbench.result.Failure;
import org.peftbench.result.Status;

/**
 * Jars that mean harm: each fails its own cell in its time, and the others and the report stand.
 */
class HostileJarIT {

  private static final String DONE =
      "{'type':'done','learners':[{'found':{'outcome':{'correct':40,'images':40,'splitImages':40,"
          + "'epochLosses':[0.1],'trainableParameters':192,'headParameters':772,"
          + "'totalParameters':6000000,'transferBytesPerImage':0},'steps':{'steps':5,'warmup':0,"
          + "'firstSeconds':0.1,'p50Seconds':0.1,'p90Seconds':0.1,'p99Seconds':0.1,"
          + "'inputSeconds':0.1,'totalSeconds':0.1},'inference':null},'diverged':null,"
          + "'backboneSeconds':0.1,'ownSeconds':0.1,'ownBytes':1,'edge':null}]}";

  /** What is begun so sleeps as long as nothing else on this machine. */
  private record Sleeper(int seconds) {

    Sleeper() {
      this(ThreadLocalRandom.current().nextInt(100_000, 100_000_000));
    }

    String code() {
      return "fork(" + seconds + ");";
    }

    void assertEnded() {
      String argument = Integer.toString(seconds);
      assertEquals(
          0,
          ProcessHandle.allProcesses()
              .map(process -> process.info().arguments().orElse(new String[0]))
              .filter(arguments -> arguments.length == 1 && arguments[0].equals(argument))
              .count());
    }
  }

  private static final Sleeper OF_PROBE = new Sleeper();
  private static final Sleeper OF_CELL = new Sleeper();

  @TempDir static Path folder;
  private static Path data;
  private static BenchProcess reading;
  private static BenchProcess running;

  /** Begun first: one of these jars keeps it waiting for twenty seconds. */
  @BeforeAll
  static void start() throws Exception {
    data = TinyData.write(folder.resolve("data"));
    Path jars = folder.resolve("read");
    new JarBuilder("forks")
        .constructor(
            OF_PROBE.code() + "while (true) { java.util.concurrent.locks.LockSupport.park(); }")
        .write(jars.resolve("forks.jar"));
    new JarBuilder("talks")
        .constructor("say(" + line("{'type':'progress','done':1,'total':2,'text':''}") + ", 9);")
        .write(jars.resolve("talks.jar"));
    new JarBuilder("boasts").title("\"x\".repeat(1_000_000)").write(jars.resolve("boasts.jar"));
    new JarBuilder("leans").classPath("other.jar").write(jars.resolve("leans.jar"));
    new JarBuilder("lora").write(jars.resolve("poses.jar"));
    new JarBuilder("deep").constructor("overflow(0);").write(jars.resolve("deep.jar"));
    reading = start(jars, "linear,forks");
    running = start(writeForCells(folder.resolve("cells")), CELLS + ",linear");
  }

  private static final String CELLS = "colourful,wordy,forges,phases,refuses,blames";

  private static Path writeForCells(Path jars) throws Exception {
    new JarBuilder("colourful")
        .title("\"a \" + (char) 27 + \"[31mred\" + (char) 7")
        .adapt(OF_CELL.code())
        .write(jars.resolve("colourful.jar"));
    new JarBuilder("wordy")
        .training("if (true) throw new IllegalStateException(\"x\".repeat(50_000_000));")
        .write(jars.resolve("wordy.jar"));
    new JarBuilder("forges")
        .training("say(" + line(DONE) + ", 1);")
        .write(jars.resolve("forges.jar"));
    new JarBuilder("phases")
        .training("say(" + line("{'type':'leaving'}") + ", 200_000);")
        .write(jars.resolve("phases.jar"));
    new JarBuilder("refuses")
        .training(
            """
            try {
              throw (RuntimeException)
                  Class.forName("org.peftbench.WrongInputException", true,
                          PeftMethod.class.getClassLoader())
                      .getConstructor(String.class)
                      .newInstance("your fault");
            } catch (ReflectiveOperationException e) {
              throw new IllegalStateException(e);
            }
            """)
        .write(jars.resolve("refuses.jar"));
    new JarBuilder("blames")
        .training(
            "say("
                + line("{'type':'failed','reason':'wrong input','message':'your fault'}")
                + ", 1);")
        .write(jars.resolve("blames.jar"));
    return jars;
  }

  /** A line of JSON as an expression of Java. */
  private static String line(String json) {
    return "\"" + json.replace("'", "\\\"") + "\"";
  }

  private static BenchProcess start(Path jars, String methods) throws Exception {
    return BenchProcess.start(
        TinyRun.arguments(data, out(jars), methods, "colours", "--epochs=1", "--plugins=" + jars));
  }

  private static Path out(Path jars) {
    return jars.resolveSibling("out-of-" + jars.getFileName());
  }

  @Test
  void aJarThatMisbehavesInItsCellFailsThatAndNothingElse() throws Exception {
    running.result().expect(1);
    for (String sound : List.of("linear", "colourful")) {
      assertEquals(Status.SUCCEEDED, record(sound).status(), sound);
    }
    assertFailed("wordy", Failure.Reason.ERROR, "IllegalStateException: x{900,}\\.\\.\\.");
    assertFailed(
        "forges", Failure.Reason.PLUGIN, "it said what cannot be: it was done before phase test");
    assertFailed("phases", Failure.Reason.PLUGIN, "it said what cannot be: phase train ends twice");
    assertFailed("refuses", Failure.Reason.PLUGIN, "your fault");
    assertFailed("blames", Failure.Reason.WRONG_INPUT, "your fault");
    OF_CELL.assertEnded();
    String report =
        BenchProcess.run("report", "--cells", out(folder.resolve("cells")).toString())
            .expect(0)
            .out();
    assertTrue(report.contains("it said what cannot be"), report);
  }

  @Test
  void aJarThatMisbehavesWhenItIsReadCostsItselfAlone() throws Exception {
    BenchProcess.Result result = reading.result().expect(1);
    Path out = out(folder.resolve("read"));
    assertEquals(Status.SUCCEEDED, TinyRun.record(out, "linear", "colours").status());
    assertEquals(
        Failure.Reason.PLUGIN,
        TinyRun.record(out, "forks", "colours").failure().orElseThrow().reason());
    for (String expected :
        List.of(
            "forks.jar: its methods did not say within 20 s what they are",
            "talks.jar: its code says what nobody has asked: Progress",
            "boasts.jar: its title has 1000000 characters; at most 200",
            "leans.jar names other jars in its manifest's Class-Path; put their classes into it",
            "deep.jar: a method cannot be loaded: ",
            "two methods are called 'lora': org.peftbench.methods.lora.LoraMethod in ")) {
      List<String> lines = result.err().lines().filter(line -> line.contains(expected)).toList();
      assertEquals(1, lines.size(), () -> expected + " in " + result.err());
      assertTrue(lines.get(0).length() < 1000 && lines.get(0).split("\\.jar", -1).length <= 4);
    }
    OF_PROBE.assertEnded();
  }

  @Test
  void aJarThatCallsItselfLikeABuiltInMethodIsInTheWayOfWhoAsksForThat() throws Exception {
    Path jars = folder.resolve("posing");
    new JarBuilder("lora").write(jars.resolve("poses.jar"));
    String err = start(jars, "linear,lora").result().expect(2).err();
    assertTrue(
        err.matches(
            "(?s).*two methods are called 'lora': \\S*LoraMethod in \\S+ and \\S*poses.jar;"
                + " take one jar out of the folder\\s*"),
        err);
  }

  @Test
  void aCellsTimeIsThatOfAllItsProcesses() throws Exception {
    Path jars = folder.resolve("endless");
    Sleeper sleeper = new Sleeper();
    new JarBuilder("endless")
        .training(sleeper.code() + " while (true) { }")
        .write(jars.resolve("a.jar"));
    BenchProcess.run(
            TinyRun.arguments(
                data, out(jars), "endless", "colours", "--plugins=" + jars, "--timeout=5s"))
        .expect(1);
    Failure failure = TinyRun.record(out(jars), "endless", "colours").failure().orElseThrow();
    assertEquals(Failure.Reason.TIMED_OUT, failure.reason());
    sleeper.assertEnded();
  }

  private static CellRecord record(String method) {
    return TinyRun.record(out(folder.resolve("cells")), method, "colours");
  }

  private static void assertFailed(String method, Failure.Reason reason, String message) {
    Failure failure = record(method).failure().orElseThrow();
    assertEquals(reason, failure.reason(), failure.message());
    assertTrue(failure.message().matches(message), failure.message());
  }
}
