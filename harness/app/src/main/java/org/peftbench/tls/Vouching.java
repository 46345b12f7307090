package org.peftbench.tls;

import java.net.Socket;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Whom an authority vouches for. A server lets anybody who has the key of a certificate open a
 * connection, and asks here at each request: so who is refused is told why, which TLS 1.3 does not
 * do once the client takes the connection to be open.
 */
public final class Vouching {

  private static final int LONGEST_NAME = 80;

  private final X509ExtendedTrustManager authority;

  private Vouching(X509ExtendedTrustManager authority) {
    this.authority = authority;
  }

  /**
   * Reads the certificates of an authority.
   *
   * @param ca PEM
   * @throws org.peftbench.WrongInputException if the file cannot be read, or has none
   */
  public static Vouching of(Path ca) {
    return new Vouching(Tls.trust(ca));
  }

  /**
   * Why a client is not vouched for, in one line; empty if it is.
   *
   * @param chain its certificate, then those that vouch for it
   */
  public Optional<String> trouble(X509Certificate[] chain) {
    try {
      authority.checkClientTrusted(chain, chain[0].getPublicKey().getAlgorithm());
      return Optional.empty();
    } catch (CertificateException e) {
      return Optional.of("the certificate of " + name(chain[0]) + " is refused: " + why(e));
    }
  }

  private static String name(X509Certificate certificate) {
    String name = certificate.getSubjectX500Principal().getName().replaceAll("[^\\x20-\\x7e]", "?");
    return name.substring(0, Math.min(LONGEST_NAME, name.length()));
  }

  private static String why(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateExpiredException) {
        return "it has expired";
      }
      if (cause instanceof CertificateNotYetValidException) {
        return "it is not valid yet";
      }
    }
    return "nobody known vouches for it";
  }

  /** Lets everybody open a connection who has the key of what is shown. */
  static X509ExtendedTrustManager later() {
    return new X509ExtendedTrustManager() {
      @Override
      public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket) {}

      @Override
      public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {}

      @Override
      public void checkClientTrusted(X509Certificate[] chain, String kind) {}

      @Override
      public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket)
          throws CertificateException {
        throw noServer();
      }

      @Override
      public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine)
          throws CertificateException {
        throw noServer();
      }

      @Override
      public void checkServerTrusted(X509Certificate[] chain, String kind)
          throws CertificateException {
        throw noServer();
      }

      private CertificateException noServer() {
        return new CertificateException("a server trusts no other");
      }

      /** None is named: else a client whom others vouch for would show nothing. */
      @Override
      public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
      }
    };
  }
}
