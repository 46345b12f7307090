package org.peftbench.shaper;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The relay, and what it does to what goes through it. */
class ShaperTest {

  private static final byte[] BODY = new byte[300_000];

  static {
    new Random(1).nextBytes(BODY);
  }

  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/body",
        exchange -> {
          byte[] given = exchange.getRequestBody().readAllBytes();
          byte[] answer = given.length == 0 ? BODY : given;
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private Shaper shaper(Way up, Way down) throws IOException {
    return Shaper.start(up, down, "127.0.0.1", server.getAddress().getPort());
  }

  private static Way free() {
    return new ShapedWay(1e12, 0, 0, 0, 0);
  }

  private static HttpRequest get(int port) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/body")).build();
  }

  @Test
  void whatGoesThroughIsWhatArrives() throws Exception {
    try (Shaper shaper = Shaper.start(Link.LAN, "127.0.0.1", server.getAddress().getPort())) {
      HttpClient client = HttpClient.newHttpClient();
      for (int i = 0; i < 3; i++) {
        assertArrayEquals(
            BODY, client.send(get(shaper.port()), HttpResponse.BodyHandlers.ofByteArray()).body());
      }
      HttpRequest post =
          HttpRequest.newBuilder(get(shaper.port()).uri())
              .POST(HttpRequest.BodyPublishers.ofByteArray(BODY))
              .build();
      assertArrayEquals(BODY, client.send(post, HttpResponse.BodyHandlers.ofByteArray()).body());
    }
  }

  /** As a client of HTTPS does, which checks the name that it believes to be connected with. */
  @Test
  void aTunnelReachesTheOneAddressWhateverItNames() throws Exception {
    try (Shaper shaper = shaper(free(), free());
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), shaper.port())) {
      String request =
          """
          CONNECT elsewhere.example:443 HTTP/1.1
          Host: elsewhere.example

          GET /body HTTP/1.1
          Host: there
          Connection: close

          """
              .replace("\n", "\r\n");
      socket.getOutputStream().write(request.getBytes(UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
      assertTrue(answer.startsWith("HTTP/1.1 200 Connection established\r\n\r\nHTTP/1.1 200"));
      assertTrue(answer.length() > BODY.length, "the whole answer came through");
    }
  }

  @Test
  void aClientMayTakeItForItsProxy() throws Exception {
    try (Shaper shaper = shaper(free(), free())) {
      HttpClient client =
          HttpClient.newBuilder()
              .proxy(
                  ProxySelector.of(
                      new InetSocketAddress(InetAddress.getLoopbackAddress(), shaper.port())))
              .build();
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://elsewhere.example/body")).build();
      assertArrayEquals(BODY, client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
    }
  }

  @Test
  void aBreakIsAnErrorAtBothEnds() throws Exception {
    Way breaking = (piece, now) -> Way.Arrival.none(now);
    try (Shaper shaper = shaper(free(), breaking)) {
      HttpClient client = HttpClient.newHttpClient();
      assertThrows(
          IOException.class,
          () -> client.send(get(shaper.port()), HttpResponse.BodyHandlers.ofByteArray()));
    }
  }

  @Test
  void piecesArriveAtTheRateOfTheWayAndLaterByItsLength() {
    Way way = new ShapedWay(8e6, 20_000_000, 0, 0, 0); // a byte a microsecond, 10 ms long
    assertEquals(1_000_000 + 10_000_000, way.send(new byte[1_000], 0).due());
    assertEquals(2_000_000 + 10_000_000, way.send(new byte[1_000], 0).due(), "behind the first");
    assertEquals(52_000_000, way.send(new byte[2_000], 40_000_000).due(), "an idle way is free");
  }

  @Test
  void losingSegmentsDelaysThemByARoundTripAndTheSameSeedLosesTheSame() {
    List<Long> dues = dues(new ShapedWay(8e6, 20_000_000, 0.01, 0, 7));
    assertEquals(dues, dues(new ShapedWay(8e6, 20_000_000, 0.01, 0, 7)));
    double lost = (dues.get(dues.size() - 1) - 1_000 * 1_460_000.0 - 10_000_000) / 20_000_000;
    assertEquals(Math.rint(lost), lost, 1e-6, "all lateness is whole round trips");
    assertTrue(lost >= 3 && lost <= 25, lost + " of 1000 segments at one in a hundred");
  }

  private static List<Long> dues(Way way) {
    List<Long> dues = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      dues.add(way.send(new byte[1_460], 0).due());
    }
    return dues;
  }

  @Test
  void breaksComeAtTheirMeanDistance() {
    Way way = new ShapedWay(1e12, 0, 0, 10_000, 3);
    int cuts = 0;
    for (int i = 0; i < 10_000; i++) {
      cuts += way.send(new byte[1_000], 0).cut() ? 1 : 0;
    }
    assertTrue(cuts > 800 && cuts < 1_200, cuts + " breaks in 10 MB, one in 10 kB");
  }

  @Test
  void linksAreKnownByTheirWords() {
    for (Link link : Link.values()) {
      assertTrue(link.toString().startsWith(link.word() + ": "), link.toString());
    }
    assertEquals(
        "4g: 10 Mbit/s up, 30 down, 50.0 ms there and back, 0.5 % lost; by a relay",
        Link.MOBILE_4G.toString());
    assertFalse(Link.LAN.toString().contains("cut"));
  }
}
