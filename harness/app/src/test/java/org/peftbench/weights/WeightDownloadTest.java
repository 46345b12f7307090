package org.peftbench.weights;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.peftbench.weights.Fixtures.assertRefused;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peftbench.file.FolderLock;
import org.peftbench.file.Sha256;
import org.peftbench.image.Normalization;

class WeightDownloadTest {

  @TempDir Path folder;

  private HttpServer server;
  private byte[] content;
  private String etag = "\"one\"";
  private String type = "application/octet-stream";
  private int status = 200;
  private int breakAfter = Integer.MAX_VALUE;
  private int stallAfter = Integer.MAX_VALUE;
  private boolean stallBeforeTheHeader;
  private final CountDownLatch stalled = new CountDownLatch(1);
  private final List<String> ranges = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void start() throws IOException {
    content = Files.readAllBytes(Fixtures.vit("vit_timm.safetensors"));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    stalled.countDown();
    server.stop(0);
  }

  /** As a real server: a range only of the version asked for. */
  private void answer(HttpExchange exchange) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    ranges.add(String.valueOf(range));
    if (stallBeforeTheHeader) {
      stall();
    }
    boolean partial =
        range != null && etag.equals(exchange.getRequestHeaders().getFirst("If-Range"));
    int start =
        partial ? Integer.parseInt(range.substring("bytes=".length(), range.length() - 1)) : 0;
    exchange.getResponseHeaders().set("ETag", etag);
    exchange.getResponseHeaders().set("Content-Type", type);
    if (partial) {
      exchange
          .getResponseHeaders()
          .set(
              "Content-Range",
              "bytes " + start + "-" + (content.length - 1) + "/" + content.length);
    }
    exchange.sendResponseHeaders(partial ? 206 : status, content.length - start);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(content, start, Math.min(content.length - start, Math.min(breakAfter, stallAfter)));
      out.flush();
      if (stallAfter < content.length) {
        stall();
      }
    } finally {
      exchange.close();
    }
  }

  private void stall() {
    try {
      stalled.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serveAgain() {
    stalled.countDown();
    stallAfter = Integer.MAX_VALUE;
    stallBeforeTheHeader = false;
  }

  private void assertStallIsTold(int bytes) {
    KnownWeight weight = weight(Optional.empty(), OptionalLong.empty());
    WeightDownload download = new WeightDownload(folder, Duration.ofMillis(400));
    assertRefused(
        () -> download.fetch(weight, (done, total) -> {}),
        weight.addresses().get(0)
            + ": no byte came for 0.4 s, after "
            + bytes
            + " bytes; run again to go on");
  }

  private KnownWeight weight(Optional<String> sha256, OptionalLong bytes) {
    return new KnownWeight(
        "test",
        "vit-b16",
        List.of(URI.create("http://localhost:" + server.getAddress().getPort() + "/w")),
        Layout.TIMM,
        "Apache-2.0",
        Normalization.INCEPTION,
        32,
        sha256,
        bytes,
        "");
  }

  private WeightDownload.Fetched fetch() {
    return fetch(weight(Optional.empty(), OptionalLong.empty()));
  }

  private WeightDownload.Fetched fetch(KnownWeight weight) {
    return new WeightDownload(folder).fetch(weight, (bytes, total) -> {});
  }

  private List<String> files() throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith(".")) // its lock
          .sorted()
          .toList();
    }
  }

  @Test
  void fileIsFetchedOnceAndNoted() throws IOException {
    List<Long> progress = new ArrayList<>();
    KnownWeight weight = weight(Optional.empty(), OptionalLong.empty());
    WeightDownload.Fetched fetched =
        new WeightDownload(folder)
            .fetch(
                weight,
                (bytes, total) -> {
                  assertEquals(content.length, total.orElseThrow());
                  progress.add(bytes);
                });
    assertArrayEquals(content, Files.readAllBytes(fetched.file()));
    assertEquals(Sha256.of(Fixtures.vit("vit_timm.safetensors")), fetched.sha256());
    assertEquals(content.length, progress.get(progress.size() - 1));
    assertEquals(List.of("test.safetensors", "test.safetensors.json"), files());
    String note = Files.readString(folder.resolve("test.safetensors.json"));
    assertTrue(note.contains(fetched.sha256()) && note.contains("localhost"), note);
    assertEquals(fetched, fetch());
    assertEquals(List.of("null"), ranges);
  }

  @Test
  void whoseDownloadIsUnderWayElsewhereWaitsAndTakesWhatIsThere() throws IOException {
    KnownWeight weight = weight(Optional.empty(), OptionalLong.empty());
    FolderLock other = FolderLock.awaitMaking(folder.resolve("test.safetensors"), whom -> {});
    List<String> waited = new ArrayList<>();
    WeightDownload.Progress progress =
        new WeightDownload.Progress() {
          @Override
          public void at(long bytes, OptionalLong total) {}

          @Override
          public void waits(String whom) {
            waited.add(whom);
            try {
              Files.write(folder.resolve("test.safetensors"), content);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
            other.close();
          }
        };
    WeightDownload.Fetched fetched = new WeightDownload(folder).fetch(weight, progress);
    assertEquals(List.of("process " + ProcessHandle.current().pid()), waited);
    assertEquals(Sha256.of(content), fetched.sha256());
    assertEquals(List.of(), ranges, "nothing is fetched twice");
  }

  @Test
  void brokenTransferIsTakenUpWhereItEnded() throws IOException {
    breakAfter = 200_000;
    assertRefused(this::fetch, "broke off after ", "run again", "by hand");
    long have = Files.size(folder.resolve("test.safetensors.part"));
    assertTrue(have > 0 && have <= 200_000, "have " + have);
    assertFalse(Files.exists(folder.resolve("test.safetensors")));
    breakAfter = Integer.MAX_VALUE;
    assertArrayEquals(content, Files.readAllBytes(fetch().file()));
    assertEquals(List.of("null", "bytes=" + have + "-"), ranges);
    assertEquals(List.of("test.safetensors", "test.safetensors.json"), files());
  }

  @Test
  void stalledTransferIsGivenUpAndTakenUpWhereItEnded() throws IOException {
    stallAfter = 200_000;
    assertStallIsTold(200_000);
    serveAgain();
    assertArrayEquals(content, Files.readAllBytes(fetch().file()));
    assertEquals(List.of("null", "bytes=200000-"), ranges);
  }

  @Test
  void serverThatDoesNotAnswerIsGivenUp() throws IOException {
    stallBeforeTheHeader = true;
    assertStallIsTold(0);
    serveAgain();
    assertArrayEquals(content, Files.readAllBytes(fetch().file()));
  }

  @Test
  void serverThatDoesNotAnswerTheSecondTimeLeavesWhatIsThere() throws IOException {
    breakAfter = 200_000;
    assertRefused(this::fetch, "broke off");
    long have = Files.size(folder.resolve("test.safetensors.part"));
    breakAfter = Integer.MAX_VALUE;
    stallBeforeTheHeader = true;
    assertStallIsTold(Math.toIntExact(have));
    serveAgain();
    assertArrayEquals(content, Files.readAllBytes(fetch().file()));
  }

  @Test
  void fileThatChangedOnTheServerIsFetchedFromItsBeginning() throws IOException {
    breakAfter = 200_000;
    assertRefused(this::fetch, "broke off");
    breakAfter = Integer.MAX_VALUE;
    etag = "\"two\"";
    content = Files.readAllBytes(Fixtures.vit("vit_hf.safetensors"));
    assertArrayEquals(content, Files.readAllBytes(fetch().file()));
    assertEquals(2, ranges.size());
  }

  @Test
  void partOfUnknownVersionIsNotTrusted() throws IOException {
    Files.writeString(folder.resolve("test.safetensors.part"), "left by something else");
    assertArrayEquals(content, Files.readAllBytes(fetch().file()));
    assertEquals(List.of("null"), ranges);
  }

  @Test
  void wrongHashIsRefusedAndNothingKept() throws IOException {
    KnownWeight weight = weight(Optional.of("0".repeat(64)), OptionalLong.empty());
    assertRefused(() -> fetch(weight), "SHA-256 is ", "expected 000");
    assertEquals(List.of(), files());
  }

  @Test
  void moreBytesThanKnownAreRefused() {
    KnownWeight weight = weight(Optional.empty(), OptionalLong.of(1000));
    assertRefused(() -> fetch(weight), "has " + content.length + " bytes, expected at most 1000");
  }

  @Test
  void errorsAndPagesAreRefused() throws IOException {
    status = 404;
    assertRefused(this::fetch, "answered 404", "by hand", folder.toString());
    status = 200;
    type = "text/html; charset=utf-8";
    assertRefused(this::fetch, "a page (text/html; charset=utf-8)");
    type = "application/octet-stream";
    content = "<html>Please log in to this network, thank you</html>".getBytes(UTF_8);
    assertRefused(this::fetch, "no weight file");
    assertFalse(Files.exists(folder.resolve("test.safetensors")));
  }

  @Test
  void refusedConnectionSaysHowToFetchByHand() {
    KnownWeight weight = weight(Optional.empty(), OptionalLong.empty());
    server.stop(0);
    assertRefused(
        () -> fetch(weight),
        "weights 'test' could not be downloaded",
        "ConnectException",
        "fetch " + weight.addresses().get(0) + " by hand",
        "save it as " + folder.resolve("test.safetensors"));
  }

  @Test
  void filePlacedByHandIsTaken() throws IOException {
    Files.write(folder.resolve("test.safetensors"), content);
    assertEquals(Sha256.of(Fixtures.vit("vit_timm.safetensors")), fetch().sha256());
    assertEquals(List.of(), ranges);
    assertTrue(Files.readString(folder.resolve("test.safetensors.json")).contains("by hand"));
  }

  @Test
  void partOfWhatWasThenPlacedByHandIsDeleted() throws IOException {
    breakAfter = 200_000;
    assertRefused(this::fetch, "broke off");
    assertEquals(List.of("test.safetensors.part", "test.safetensors.part.json"), files());
    Files.write(folder.resolve("test.safetensors"), content);
    fetch();
    assertEquals(List.of("test.safetensors", "test.safetensors.json"), files());
  }

  @Test
  void fileThatWasDamagedSinceIsRefused() throws IOException {
    Path file = fetch().file();
    content[content.length - 1] ^= 1;
    Files.write(file, content);
    assertRefused(this::fetch, "test.safetensors: SHA-256 is ", "delete it");
  }
}
