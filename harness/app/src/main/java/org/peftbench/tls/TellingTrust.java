package org.peftbench.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Tells whose certificates are refused: the connection ends before there is a request to log. */
final class TellingTrust extends X509ExtendedTrustManager {

  private static final int LONGEST_NAME = 80;

  private final X509ExtendedTrustManager trust;
  private final Consumer<String> refused;

  TellingTrust(X509ExtendedTrustManager trust, Consumer<String> refused) {
    this.trust = trust;
    this.refused = refused;
  }

  private interface Check {
    void run() throws CertificateException;
  }

  private void telling(X509Certificate[] chain, Check check) throws CertificateException {
    try {
      check.run();
    } catch (CertificateException e) {
      refused.accept("the certificate of " + name(chain) + " is refused: " + why(e));
      throw e;
    }
  }

  private static String name(X509Certificate[] chain) {
    String name = chain[0].getSubjectX500Principal().getName().replaceAll("[^\\x20-\\x7e]", "?");
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

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket)
      throws CertificateException {
    telling(chain, () -> trust.checkClientTrusted(chain, kind, socket));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine)
      throws CertificateException {
    telling(chain, () -> trust.checkClientTrusted(chain, kind, engine));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String kind) throws CertificateException {
    telling(chain, () -> trust.checkClientTrusted(chain, kind));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket)
      throws CertificateException {
    trust.checkServerTrusted(chain, kind, socket);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine)
      throws CertificateException {
    trust.checkServerTrusted(chain, kind, engine);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String kind) throws CertificateException {
    trust.checkServerTrusted(chain, kind);
  }

  /** None is named: else a client whom others vouch for would show nothing, and nobody know why. */
  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
