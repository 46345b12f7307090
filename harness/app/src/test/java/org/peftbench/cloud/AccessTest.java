package org.peftbench.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peftbench.WrongInputException;
import org.peftbench.result.Json;
import org.peftbench.tls.PemFolder;
import org.peftbench.tls.Tls;
import org.peftbench.tls.Tokens;
import org.peftbench.tls.Vouching;
import org.peftbench.wire.Api;
import org.peftbench.wire.Refusal;

class AccessTest {

  private static final String TOKEN = "0123456789abcdef0123";

  @TempDir static Path folder;
  @TempDir Path cache;
  private static PemFolder pem;
  private static Tokens tokens;

  @BeforeAll
  static void makeKeys() throws IOException {
    pem = new PemFolder(folder).authority("ca").issued("server", "ca").issued("edge", "ca");
    Path file = Files.writeString(folder.resolve("tokens"), "roof " + TOKEN);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    tokens = Tokens.read(file);
  }

  private TestCloud cloud(boolean tls, boolean certificates, Optional<Tokens> known) {
    CloudSettings.Access access =
        new CloudSettings.Access(
            tls ? Optional.of(Tls.server(pem.shown("server"))) : Optional.empty(),
            certificates ? Optional.of(Vouching.of(pem.certificate("ca"))) : Optional.empty(),
            known);
    TestCloud.Setup setup =
        new TestCloud.Setup(access, TestCloud.TIMES, CloudSettings.Most.at(1000));
    return TestCloud.start(cache, 1 << 20, setup, TestCloud.computer());
  }

  private static HttpClient client(Optional<Tls.Shown> shown) {
    return HttpClient.newBuilder()
        .sslContext(Tls.client(Optional.of(pem.certificate("ca")), shown))
        .build();
  }

  @Test
  void everyRouteWantsTheToken() throws Exception {
    try (TestCloud cloud = cloud(false, false, Optional.of(tokens))) {
      String hash = "a".repeat(64);
      for (String path :
          List.of(Api.INFO, Api.NORM, Api.JOBS, Api.job(hash), Api.image(hash), "/", "/x")) {
        for (String said : List.of("", "Bearer wrong", "Basic " + TOKEN, TOKEN)) {
          HttpResponse<byte[]> answer =
              said.isEmpty() ? cloud.get(path) : cloud.get(path, "Authorization", said);
          assertEquals(401, answer.statusCode());
          Refusal refusal = Json.MAPPER.readValue(answer.body(), Refusal.class);
          assertEquals("who asks is not known", refusal.toString());
        }
      }
      assertEquals(200, cloud.get(Api.INFO, "Authorization", "Bearer " + TOKEN).statusCode());
      cloud.close(); // whatever was to be logged is
      cloud.settle();
      assertEquals("roof", cloud.requests.get(cloud.requests.size() - 1).owner());
      assertFalse(cloud.requests.toString().contains(TOKEN));
    }
  }

  @Test
  void aCertificateLetsInAsWell() throws Exception {
    try (TestCloud cloud = cloud(true, true, Optional.of(tokens))) {
      cloud.over(client(Optional.of(pem.shown("edge"))));
      assertEquals(200, cloud.get(Api.INFO).statusCode());
      cloud.over(client(Optional.empty()));
      assertEquals(401, cloud.get(Api.INFO).statusCode());
      assertEquals(200, cloud.get(Api.INFO, "Authorization", "Bearer " + TOKEN).statusCode());
      cloud.settle();
      assertEquals("cert:edge", cloud.requests.get(0).owner());
    }
  }

  @Test
  void aForeignCertificateIsRefusedInOneLineOnBothSides() throws Exception {
    Path other = Files.createDirectories(folder.resolve("other"));
    PemFolder foreign = new PemFolder(other).authority("other-ca").issued("edge", "other-ca");
    try (TestCloud cloud = cloud(true, true, Optional.empty())) {
      cloud.over(client(Optional.of(foreign.shown("edge"))));
      assertRefused(cloud, "the certificate of CN=edge is refused: nobody known vouches for it");
      cloud.over(client(Optional.of(pem.shown("edge"))));
      assertEquals(200, cloud.get(Api.INFO).statusCode());
    }
  }

  private static void assertRefused(TestCloud cloud, String why) throws Exception {
    HttpResponse<byte[]> answer = cloud.get(Api.INFO);
    assertEquals(401, answer.statusCode());
    assertEquals(why, Json.MAPPER.readValue(answer.body(), Refusal.class).toString());
    cloud.settle();
    assertEquals(why, cloud.requests.get(cloud.requests.size() - 1).note());
  }

  @Test
  void anAddressThatOthersReachNeedsBoth() {
    assertEquals(
        "--listen 0.0.0.0 can be reached from other machines; add --tls CERT KEY and --token-file"
            + " FILE or --client-ca CA",
        refusal("0.0.0.0", TestCloud.OPEN));
    CloudSettings.Access plain =
        new CloudSettings.Access(Optional.empty(), Optional.empty(), Optional.of(tokens));
    assertTrue(refusal("0.0.0.0", plain).endsWith("add --tls CERT KEY"));
    SSLContext tls = Tls.server(pem.shown("server"));
    CloudSettings.Access nobody =
        new CloudSettings.Access(Optional.of(tls), Optional.empty(), Optional.empty());
    assertTrue(refusal("::", nobody).endsWith("add --token-file FILE or --client-ca CA"));
    CloudSettings.Access fit =
        new CloudSettings.Access(Optional.of(tls), Optional.empty(), Optional.of(tokens));
    settings("0.0.0.0", fit);
    settings("127.0.0.1", TestCloud.OPEN);
    settings("::1", TestCloud.OPEN);
    assertThrows(
        WrongInputException.class,
        () ->
            new CloudSettings.Access(
                Optional.empty(),
                Optional.of(Vouching.of(pem.certificate("ca"))),
                Optional.empty()));
  }

  private static String refusal(String host, CloudSettings.Access access) {
    return String.valueOf(
        assertThrows(WrongInputException.class, () -> settings(host, access)).getMessage());
  }

  private static void settings(String host, CloudSettings.Access access) {
    InetSocketAddress address = new InetSocketAddress(host, 0);
    try (TestCloud cloud = TestCloud.start(folder.resolve("c"), TestCloud.computer())) {
      var unused =
          new CloudSettings(
              cloud.info, address, access, folder, 1, TestCloud.TIMES, CloudSettings.Most.at(1));
    }
  }

  @Test
  void addressesAreRead() {
    assertEquals(8443, Listen.parse("127.0.0.1:8443").getPort());
    assertTrue(Listen.parse("[::1]:0").getAddress().isLoopbackAddress());
    for (String wrong : List.of("8443", "localhost", "localhost:99999", "::1:80", ":80", "a:b")) {
      assertThrows(WrongInputException.class, () -> Listen.parse(wrong));
    }
  }
}
