package org.peftbench.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peftbench.WrongInputException;

class TlsTest {

  @TempDir static Path folder;
  private static PemFolder pem;

  @BeforeAll
  static void makeKeys() {
    pem = new PemFolder(folder).authority("ca").issued("server", "ca").issued("rsa-edge", "ca");
  }

  @Test
  void bothSidesShowWhoTheyAre() throws Exception {
    SSLContext server = Tls.server(pem.shown("server"));
    SSLContext client =
        Tls.client(Optional.of(pem.certificate("ca")), Optional.of(pem.shown("rsa-edge")));
    assertEquals("CN=server, seen by CN=rsa-edge", shake(server, client));
  }

  @Test
  void aStrangerIsNotLetIn() {
    SSLContext server = Tls.server(pem.shown("server"));
    SSLContext client = Tls.client(Optional.of(pem.certificate("ca")), Optional.empty());
    assertThrows(IOException.class, () -> shake(server, client));
  }

  @Test
  void aServerThatNobodyVouchesForIsRefused() {
    SSLContext server = Tls.server(pem.shown("server"));
    SSLContext client = Tls.client(Optional.empty(), Optional.of(pem.shown("rsa-edge")));
    assertThrows(SSLHandshakeException.class, () -> shake(server, client));
  }

  @Test
  void whoseCertificateIsForeignOrOverIsToldSoInOneLine() throws Exception {
    Path other = Files.createDirectory(folder.resolve("other"));
    PemFolder foreign = new PemFolder(other).authority("other-ca").issued("edge", "other-ca");
    Vouching ca = Vouching.of(pem.certificate("ca"));
    assertEquals(Optional.empty(), ca.trouble(chain(pem.certificate("rsa-edge"))));
    assertEquals(
        Optional.of("the certificate of CN=edge is refused: nobody known vouches for it"),
        ca.trouble(chain(foreign.certificate("edge"))));
    assertEquals(
        Optional.of("the certificate of CN=late is refused: it has expired"),
        ca.trouble(chain(pem.expired("late", "ca").certificate("late"))));
  }

  private static X509Certificate[] chain(Path file) {
    return Certificates.read(file).toArray(X509Certificate[]::new);
  }

  private static String shake(SSLContext server, SSLContext client) throws Exception {
    try (SSLServerSocket door =
        (SSLServerSocket) server.getServerSocketFactory().createServerSocket(0)) {
      door.setNeedClientAuth(true);
      door.setSoTimeout(20_000);
      CompletableFuture<String> seen =
          CompletableFuture.supplyAsync(
              () -> {
                try (SSLSocket socket = (SSLSocket) door.accept()) {
                  socket.getOutputStream().write(1);
                  return socket.getSession().getPeerPrincipal().getName();
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      try (SSLSocket socket =
          (SSLSocket) client.getSocketFactory().createSocket("localhost", door.getLocalPort())) {
        if (socket.getInputStream().read() != 1) {
          throw new IOException("closed");
        }
        return socket.getSession().getPeerPrincipal().getName() + ", seen by " + seen.get();
      }
    }
  }

  @Test
  void aKeyOfAnotherCertificateIsRefused() {
    Tls.Shown mixed = new Tls.Shown(pem.certificate("server"), pem.key("ca"));
    assertEquals(
        pem.key("ca") + ": is not the key of the certificate " + pem.certificate("server"),
        refusal(mixed));
    Tls.Shown otherKind = new Tls.Shown(pem.certificate("server"), pem.key("rsa-edge"));
    assertEquals(
        pem.key("rsa-edge") + ": is no EC key in PKCS#8, as its certificate needs",
        refusal(otherKind));
  }

  @Test
  void otherKindsOfKeysAreRefusedWithWhatConvertsThem() throws IOException {
    for (String label :
        new String[] {"RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY"}) {
      Path key = Files.writeString(folder.resolve("other.key"), PemFolder.pem(label, new byte[9]));
      String message = refusal(new Tls.Shown(pem.certificate("server"), key));
      assertTrue(
          message.endsWith("openssl pkcs8 -topk8 -nocrypt -in " + key + " -out pkcs8-key.pem"),
          message);
    }
  }

  @Test
  void whatIsNoCertificateIsRefused() throws IOException {
    Path cut = folder.resolve("cut.crt");
    String whole = Files.readString(pem.certificate("server"));
    Files.writeString(cut, whole.substring(0, 200));
    assertEquals(
        cut + ": its CERTIFICATE does not end; it is cut off",
        refusal(new Tls.Shown(cut, pem.key("server"))));
    Path key = pem.key("server");
    assertEquals(
        key + ": has PRIVATE KEY, expected a CERTIFICATE", refusal(new Tls.Shown(key, key)));
    Files.write(cut, new byte[(1 << 20) + 1]);
    assertEquals(cut + ": more than 1 MiB; not PEM", refusal(new Tls.Shown(cut, key)));
    Files.writeString(cut, PemFolder.pem("CERTIFICATE", new byte[40]));
    assertEquals(cut + ": one of its certificates is damaged", refusal(new Tls.Shown(cut, key)));
  }

  @Test
  void anExpiredCertificateIsRefusedAtTheStart() {
    pem.expired("old", "ca");
    String message = refusal(pem.shown("old"));
    assertTrue(message.startsWith(pem.certificate("old") + ": the certificate ended at "), message);
  }

  private static String refusal(Tls.Shown shown) {
    return String.valueOf(
        assertThrows(WrongInputException.class, () -> Tls.server(shown)).getMessage());
  }
}
