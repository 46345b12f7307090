package org.peftbench.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.peftbench.file.Sha256;
import org.peftbench.wire.Api;

/** What clients do that mean no good, over raw connections. */
@Execution(ExecutionMode.CONCURRENT)
class HostileTest {

  @TempDir Path folder;

  @Test
  void slowClientsKeepNobodyWaitingAndAreClosed() throws Exception {
    try (TestCloud cloud = TestCloud.start(folder.resolve("c"), TestCloud.computer())) {
      List<Socket> slow = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        Socket socket = connect(cloud);
        send(socket, i % 2 == 0 ? "GET /v1/info HTTP/1.1\r\nHost: x\r\nX-Slow: " : "G");
        slow.add(socket);
      }
      byte[] image = TestCloud.image(1);
      assertEquals(200, cloud.get(Api.INFO).statusCode());
      assertEquals(201, cloud.put(image).statusCode());
      for (Socket socket : slow) {
        assertEquals(-1, end(socket));
      }
      assertTrue(
          cloud.said.stream().anyMatch(line -> line.matches("closed \\d+ connections that sent.*")),
          cloud.said.toString());
    }
  }

  @Test
  void whoAsksForJobsSlowlyKeepsNobodyFromAsking() throws Exception {
    try (TestCloud cloud = TestCloud.start(folder.resolve("c"), TestCloud.computer())) {
      List<Socket> slow = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        Socket socket = connect(cloud);
        send(socket, "POST /v1/jobs HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n{");
        slow.add(socket);
      }
      Path partial = folder.resolve("c").resolve("partial");
      while (count(partial) < slow.size()) {
        Thread.onSpinWait();
      }
      cloud.open(cloud.request(TestCloud.images(2), 2));
      for (Socket socket : slow) {
        assertEquals(-1, end(socket));
      }
    }
  }

  private static long count(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    }
  }

  @Test
  void aBodyThatStopsIsGivenUp() throws Exception {
    try (TestCloud cloud = TestCloud.start(folder.resolve("c"), TestCloud.computer())) {
      Socket socket = connect(cloud);
      send(
          socket,
          "PUT %s HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\nabc"
              .formatted(Api.image("a".repeat(64))));
      assertEquals(-1, end(socket));
      while (cloud.requests.isEmpty()) {
        Thread.onSpinWait();
      }
      assertEquals(0, cloud.requests.get(0).status());
      try (Stream<Path> files = Files.list(folder.resolve("c").resolve("partial"))) {
        assertEquals(0, files.count());
      }
    }
  }

  @Test
  void whatIsMalformedIsRefusedAndNothingElseHappens() throws Exception {
    Random random = new Random(15);
    try (TestCloud cloud = TestCloud.start(folder.resolve("c"), TestCloud.computer())) {
      String body = "{\"cloud\":\"x\",\"images\":[],\"batch\":1,\"taps\":[],\"type\":\"int8\"}";
      for (int i = 0; i < 400; i++) {
        byte[] changed = body.getBytes(StandardCharsets.UTF_8);
        for (int k = 0; k <= i % 4; k++) {
          changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
        }
        HttpResponse<byte[]> answer = cloud.send("POST", Api.JOBS, changed);
        assertEquals(400, answer.statusCode(), TestCloud.text(answer));
        assertEquals(1, TestCloud.text(answer).lines().count());
      }
      byte[] extra =
          (body.substring(0, body.length() - 1) + ",\"path\":\"/etc/passwd\"}")
              .getBytes(StandardCharsets.UTF_8);
      assertEquals(400, cloud.send("POST", Api.JOBS, extra).statusCode());
      byte[] deep = "[".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
      assertEquals(400, cloud.send("POST", Api.JOBS, deep).statusCode());
      assertEquals(413, cloud.send("POST", Api.JOBS, new byte[1 << 20]).statusCode());
      assertEquals(200, cloud.get(Api.INFO).statusCode());
      assertFalse(cloud.said.stream().anyMatch(line -> line.contains("failed")));
    }
  }

  @Test
  void noFileThatAClientNamesIsRead() throws Exception {
    byte[] secret = TestCloud.image(3);
    Path outside = Files.write(folder.resolve(Sha256.of(secret)), secret);
    try (TestCloud cloud = TestCloud.start(folder.resolve("c"), TestCloud.computer())) {
      for (String path :
          List.of(
              "/v1/images/../../" + outside.getFileName(),
              "/v1/images/%2e%2e%2f" + outside.getFileName(),
              "/v1/images/..",
              "/v1/images/" + outside,
              "/v1/jobs/../info",
              "/v1/jobs/" + "A".repeat(64),
              "//etc/passwd",
              "/v1/jobs/" + "a".repeat(64) + "/shards/-1",
              "/v1/jobs/" + "a".repeat(64) + "/shards/99999999999")) {
        for (String method : List.of("GET", "HEAD", "PUT", "DELETE", "TRACE")) {
          String answer = raw(cloud, method + " " + path + " HTTP/1.1\r\nHost: x\r\n");
          assertTrue(answer.matches("(?s)HTTP/1\\.1 (400|404|405) .*"), method + path + answer);
        }
      }
      for (String line :
          List.of("GET * HTTP/1.1\r\n", "GET http://x/v1/info/ HTTP/1.1\r\n", "\u0000\r\n")) {
        String answer = raw(cloud, line);
        assertFalse(answer.contains(" 200 "), answer);
      }
      assertEquals(200, cloud.get(Api.INFO).statusCode());
    }
  }

  @Test
  void aBodyWithoutEndIsCutAtItsLimit() throws Exception {
    try (TestCloud cloud = TestCloud.start(folder.resolve("c"), TestCloud.computer());
        Socket socket = connect(cloud)) {
      send(
          socket,
          "PUT %s HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
              .formatted(Api.image("a".repeat(64))));
      String chunk = "1000\r\n" + "x".repeat(0x1000) + "\r\n";
      try {
        for (int i = 0; i < 100; i++) {
          send(socket, chunk);
        }
      } catch (IOException e) {
        // It has hung up on us: as it should.
      }
      while (cloud.requests.isEmpty()) {
        Thread.onSpinWait();
      }
      assertTrue(cloud.requests.get(0).bytesIn() <= 100_000 + (1 << 16));
      assertTrue(cloud.requests.get(0).note().contains("too large"), cloud.requests.toString());
    }
  }

  @Test
  void whatWouldBeTooLargeIsRefusedBeforeItComes() throws Exception {
    try (TestCloud cloud = TestCloud.start(folder.resolve("c"), TestCloud.computer());
        Socket socket = connect(cloud)) {
      send(
          socket,
          "PUT %s HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n"
              .formatted(Api.image("a".repeat(64))));
      byte[] answer = socket.getInputStream().readNBytes(12);
      assertEquals("HTTP/1.1 413", new String(answer, StandardCharsets.ISO_8859_1));
      while (cloud.requests.isEmpty()) {
        Thread.onSpinWait();
      }
      assertEquals(413, cloud.requests.get(0).status());
    }
  }

  private static String raw(TestCloud cloud, String head) throws IOException {
    try (Socket socket = connect(cloud)) {
      send(socket, head + "Connection: close\r\n\r\n");
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "closed";
    }
  }

  private static Socket connect(TestCloud cloud) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), cloud.server.address().getPort());
    socket.setSoTimeout(30_000);
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** What a client reads that waits for the server to close. */
  private static int end(Socket socket) throws IOException {
    try (socket;
        InputStream in = socket.getInputStream()) {
      return in.read();
    } catch (java.net.SocketException e) {
      return -1; // reset
    }
  }
}
