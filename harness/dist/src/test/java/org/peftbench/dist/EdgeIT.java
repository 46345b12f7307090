package org.peftbench.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peftbench.cell.Phase;
import org.peftbench.result.CellRecord;
import org.peftbench.result.EdgeUse;
import org.peftbench.result.Failure;
import org.peftbench.result.Outcome;
import org.peftbench.result.RecordFolder;

/**
 * {@code bench cloud serve} and {@code bench edge run} as two processes: what one process finds,
 * they find.
 */
class EdgeIT {

  private static final String TASK = "pocket_count";
  private static final String METHODS = "miet,linear,last";
  private static final int TRAIN = 1000;
  private static final int TEST = 100;
  private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");

  @TempDir static Path folder;
  private static BenchProcess cloud;
  private static String url = "";

  @BeforeAll
  static void serve() throws Exception {
    cloud =
        BenchProcess.start(
            "cloud",
            "serve",
            "--backbone=vit-pocket",
            "--listen=127.0.0.1:0",
            "--device=cpu",
            "--threads=1",
            "--cache=" + folder.resolve("cloud"));
    url = BenchProcess.await(() -> find(cloud.outputSoFar()));
    run("run", "one", METHODS, "--features=cached");
    edge("two", METHODS).expect(0);
  }

  private static Optional<String> find(String said) {
    Matcher address = ADDRESS.matcher(said);
    return address.find() ? Optional.of(address.group()) : Optional.empty();
  }

  @AfterAll
  static void stop() throws Exception {
    cloud.kill();
  }

  private static BenchProcess.Result edge(String out, String methods, String... more)
      throws Exception {
    List<String> options = new ArrayList<>(List.of("--cloud=" + url, "--latency-images=5"));
    options.addAll(List.of(more));
    return start("edge run", out, methods, options).result();
  }

  private static void run(String command, String out, String methods, String... more)
      throws Exception {
    start(command, out, methods, List.of(more)).result().expect(0);
  }

  private static BenchProcess start(String command, String out, String methods, List<String> more)
      throws IOException {
    List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
    words.addAll(
        List.of(
            "--methods=" + methods,
            "--tasks=" + TASK,
            "--epochs=2",
            "--limit-test=" + TEST,
            "--device=cpu",
            "--threads=1",
            "--out=" + folder.resolve(out)));
    words.addAll(more);
    return BenchProcess.start(words.toArray(String[]::new));
  }

  private static List<CellRecord> records(String out) {
    return RecordFolder.open(folder.resolve(out)).readAll();
  }

  /** The one of the first seed. */
  private static CellRecord record(String out, String method) {
    return records(out).stream()
        .filter(record -> record.cell().seed() == 0)
        .filter(record -> record.cell().method().label().equals(method))
        .findFirst()
        .orElseThrow();
  }

  private static Outcome outcome(String out, String method) {
    return record(out, method).outcome().orElseThrow();
  }

  @Test
  void twoProcessesFindWhatOneFindsToTheBit() {
    for (String method : METHODS.split(",", -1)) {
      assertEquals(outcome("one", method), outcome("two", method), method);
    }
  }

  @Test
  void theRecordSaysWhatWentOverTheLink() {
    CellRecord miet = record("two", "miet");
    EdgeUse edge = miet.edge().orElseThrow();
    EdgeUse.Traffic traffic = edge.traffic();
    long images = TRAIN + TEST;
    assertEquals("http", edge.transport());
    assertEquals("as it is", edge.link());
    assertFalse(edge.reused());
    assertEquals(images, traffic.images());
    assertEquals(images, traffic.sentImages());
    assertEquals(images * 65 * 128 * 4, traffic.tensorBytes());
    assertTrue(traffic.downBytes() > traffic.tensorBytes());
    assertTrue(traffic.upBytes() > traffic.imageFileBytes());
    assertEquals(0, traffic.reconnects());
    assertEquals(0, traffic.againBytes());
    assertEquals(5, edge.latency().orElseThrow().images());
    assertTrue(miet.inference().isEmpty(), "there is no backbone to compare with");
    assertTrue(miet.phase(Phase.RECEIVE).isPresent());
    // The next cell's images are there already, and its features are others.
    EdgeUse.Traffic linear = record("two", "linear").edge().orElseThrow().traffic();
    assertEquals(0, linear.sentImages());
    assertEquals(images * 128 * 4, linear.tensorBytes());
  }

  @Test
  void anotherSeedAsksForNothingAndSharesAPass() throws Exception {
    long features = TRAIN + TEST;
    edge("two", METHODS, "--seeds=1,2", "--share-pass").expect(0);
    List<CellRecord> seeds =
        records("two").stream().filter(record -> record.cell().seed() > 0).toList();
    assertEquals(6, seeds.size());
    for (CellRecord record : seeds) {
      EdgeUse edge = record.edge().orElseThrow();
      assertTrue(edge.reused());
      assertEquals(features, edge.traffic().images());
      assertTrue(edge.latency().isEmpty(), "of a pass");
      assertTrue(record.sharedPass().isPresent());
    }
  }

  @ParameterizedTest
  @CsvSource({"float16, 2, 0", "int8, 1, 4"})
  void smallerTypesLearnAsWell(String type, int valueBytes, int scaleBytes) throws Exception {
    edge(type, "miet,linear", "--dtype=" + type, "--save-adapters").expect(0);
    for (String method : List.of("miet", "linear")) {
      double accuracy = outcome(type, method).accuracy();
      assertEquals(outcome("one", method).accuracy(), accuracy, 3, method); // of 100 images
    }
    assertEquals(
        (TRAIN + TEST) * 65L * (128 * valueBytes + scaleBytes),
        record(type, "miet").edge().orElseThrow().traffic().tensorBytes());
    try (var adapters = Files.list(folder.resolve(type).resolve("adapters"))) {
      assertEquals(2, adapters.count());
    }
  }

  @Test
  void aLinkIsPutBetweenAndSaid() throws Exception {
    edge("lan", "linear", "--link=lan").expect(0);
    assertTrue(record("lan", "linear").edge().orElseThrow().link().startsWith("lan: 1000 Mbit/s"));
    assertEquals(outcome("one", "linear"), outcome("lan", "linear"));
  }

  @Test
  void whatIsNotTheCloudsIsRefusedBeforeAnythingIsSent() throws Exception {
    BenchProcess.Result weights = edge("none", "linear", "--weights=random").expect(2);
    assertTrue(weights.err().contains("--weights random is not the cloud's"), weights.err());
    BenchProcess.Result method = edge("none", "lora").expect(2);
    assertTrue(method.err().contains("only side methods run on an edge"), method.err());
    assertFalse(Files.exists(folder.resolve("none")));
  }

  @Test
  void aCellThatNeedsMoreMemoryThanItMayFailsAndSaysSo() throws Exception {
    edge("small", "linear", "--memory=100MiB").expect(1);
    Failure failure = record("small", "linear").failure().orElseThrow();
    assertEquals(Failure.Reason.OUT_OF_MEMORY, failure.reason());
    assertTrue(
        failure.message().endsWith(" MiB, more than the 100.0 MiB that it may"), failure.message());
  }

  @Test
  void aPlanSaysWhatWillArrive() throws Exception {
    BenchProcess.Result plan = edge("dry", "miet,linear", "--dry-run").expect(0);
    double megabytes = (TRAIN + TEST) * (65 + 1) * 128 * 4 / 1e6;
    assertTrue(
        plan.err().contains("cloud     " + url + ", http; %.1f MB".formatted(megabytes)),
        plan.err());
  }
}
