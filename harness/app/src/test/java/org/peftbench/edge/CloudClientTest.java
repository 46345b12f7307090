package org.peftbench.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.peftbench.image.Refusal.assertRefused;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.peftbench.result.Json;
import org.peftbench.tls.PemFolder;
import org.peftbench.tls.Tls;
import org.peftbench.wire.Api;
import org.peftbench.wire.Reach;
import org.peftbench.wire.Refusal;

/** What is refused is refused at once and in a line; what may pass is tried again. */
class CloudClientTest {

  @TempDir Path folder;
  private FakeCloud cloud;

  @BeforeEach
  void start() throws IOException {
    cloud = new FakeCloud();
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  private static CloudClient client(Reach reach) {
    return CloudClient.of(reach, new Backoff(Duration.ofMillis(1), Duration.ofMillis(5), 0));
  }

  private void answers(int status, String body) {
    cloud.insteadStatus = status;
    cloud.instead.put(Api.INFO, body);
  }

  private void assertInfoRefused(String... words) {
    assertRefused(() -> client(cloud.reach(8)).info(), words);
    assertEquals(1, cloud.requests.size(), "tried again");
  }

  @Test
  void theInfoComes() {
    assertEquals(cloud.info, client(cloud.reach(0)).info());
  }

  @Test
  void anotherVersionIsNamedEvenIfNothingElseIsUnderstood() {
    answers(200, "{\"api\": 2, \"spine\": true}");
    assertInfoRefused(cloud.url(), "speaks version 2 of the protocol, expected 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>", "[]", "{}", "{\"api\": \"1\"}", "{\"api\": 1}", ""})
  void whatIsNoCloudIsSaidToBeNone(String body) {
    answers(200, body);
    assertInfoRefused("what answers at " + cloud.url() + " is no cloud");
  }

  @Test
  void aBackboneThatIsNotKnownHereIsNamed() throws IOException {
    answers(200, Json.MAPPER.writeValueAsString(cloud.info).replace("vit-pocket", "vit-x99"));
    assertInfoRefused("has what is not known here", "unknown backbone 'vit-x99'");
  }

  /** A record would have them. */
  @Test
  void wordsOfAnyLengthAreRefused() throws IOException {
    String info = Json.MAPPER.writeValueAsString(cloud.info);
    String engine = Json.MAPPER.writeValueAsString(cloud.info.engine());
    answers(200, info.replace(engine, '"' + "x".repeat(100_000) + '"'));
    assertInfoRefused("engine has 100000 characters; at most 1000");
  }

  @ParameterizedTest
  @CsvSource({"401, does not know this edge", "409, is another"})
  void strangersAndDifferencesAreWrongInput(int status, String words) throws IOException {
    Refusal refusal = new Refusal("no\nway", Optional.of("a"), Optional.of("b"));
    answers(status, Json.MAPPER.writeValueAsString(refusal));
    assertInfoRefused(words, "no\\nway: found a, expected b");
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 400, 404, 413, 422, 507})
  void everyOtherRefusalIsAFailureAndFinal(int status) {
    answers(status, "not JSON");
    CloudException refused =
        assertThrows(CloudException.class, () -> client(cloud.reach(8)).info());
    assertTrue(
        String.valueOf(refused.getMessage()).contains("(" + status + ")"), refused.getMessage());
    assertEquals(1, cloud.requests.size());
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503})
  void whatMayPassIsTriedAsOftenAsAllowed(int status) {
    answers(status, "");
    CloudException refused =
        assertThrows(CloudException.class, () -> client(cloud.reach(2)).info());
    String message = String.valueOf(refused.getMessage());
    assertTrue(
        message.endsWith("does not serve: %d: it answers %d (3 tries)".formatted(status, status)),
        message);
    assertFalse(refused instanceof UnreachableException, "it is there");
    assertEquals(3, cloud.requests.size());
  }

  @Test
  void nobodyThereIsSaidSo() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    String url = "http://127.0.0.1:" + port;
    UnreachableException gone =
        assertThrows(UnreachableException.class, () -> client(FakeCloud.reach(url, 1)).info());
    assertTrue(
        String.valueOf(gone.getMessage())
            .startsWith("the cloud " + url + " is unreachable since 20"),
        gone.getMessage());
  }

  @Test
  void anAnswerWithoutEndIsNotRead() {
    answers(200, "x".repeat(2 << 20));
    CloudException endless =
        assertThrows(CloudException.class, () -> client(cloud.reach(8)).info());
    assertTrue(
        String.valueOf(endless.getMessage()).contains("more than the 1,048,576 bytes"),
        endless.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://here", "here:80", "http://", "http://u:p@here", "http://here/v2"})
  void anAddressThatIsNoneIsRefused(String url) {
    assertRefused(() -> client(FakeCloud.reach(url, 0)), "--cloud " + url + " is no address");
  }

  @Test
  void aTokenIsNotSentToAnotherMachineWithoutTls() throws IOException {
    Path token = Files.writeString(folder.resolve("token"), "a-secret-of-16-or-more\n");
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
    Reach afar = withToken(FakeCloud.reach("http://192.0.2.1:8443", 0), token);
    assertRefused(() -> client(afar), "without TLS");
    client(withToken(cloud.reach(0), token)).info(); // this machine hears itself alone
  }

  private static Reach withToken(Reach reach, Path token) {
    return new Reach(
        reach.url(),
        Optional.of(token.toString()),
        reach.ca(),
        reach.certificate(),
        reach.key(),
        reach.retries(),
        reach.timeoutMillis(),
        reach.proxyPort(),
        reach.link(),
        reach.edge());
  }

  @Test
  void aCloudThatNobodyVouchesForIsRefusedWithoutAnotherTry() throws IOException {
    PemFolder pem =
        new PemFolder(folder).authority("ours").authority("theirs").issued("cloud", "theirs");
    AtomicInteger connections = new AtomicInteger();
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(Tls.server(pem.shown("cloud"))));
    server.createContext(
        "/",
        exchange -> {
          connections.incrementAndGet();
          byte[] body = Json.MAPPER.writeValueAsBytes(cloud.info);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      String url = "https://127.0.0.1:" + server.getAddress().getPort();
      assertEquals(cloud.info, client(trusting(url, pem.certificate("theirs"))).info());
      assertRefused(
          () -> client(trusting(url, pem.certificate("ours"))).info(), "do not trust each other");
      assertEquals(1, connections.get());
    } finally {
      server.stop(0);
    }
  }

  private static Reach trusting(String url, Path ca) {
    return new Reach(
        url,
        Optional.empty(),
        Optional.of(ca.toString()),
        Optional.empty(),
        Optional.empty(),
        8,
        5_000,
        Optional.empty(),
        "as it is",
        "test");
  }

  @Test
  void aNormOfAnotherWidthIsRefused() {
    cloud.instead.put(
        Api.NORM,
        new String(new byte[] {2, 0, 0, 0, 0, 0, 0, 0, '{', '}'}, StandardCharsets.UTF_8));
    CloudException wrong =
        assertThrows(CloudException.class, () -> client(cloud.reach(0)).norm(FakeCloud.CONFIG));
    assertTrue(String.valueOf(wrong.getMessage()).contains("of 128 float32"), wrong.getMessage());
  }
}
