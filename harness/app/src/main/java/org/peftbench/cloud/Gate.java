package org.peftbench.cloud;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsExchange;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.peftbench.tls.Token;
import org.peftbench.tls.Tokens;
import org.peftbench.tls.Vouching;

/**
 * Says who asks: by a token, by a certificate that the connection was opened with, or, where
 * neither is wanted, anybody of this machine.
 *
 * @param tokens those that are known; empty if none is wanted
 * @param certificates who vouches for those that are shown; empty if none is wanted
 */
record Gate(Optional<Tokens> tokens, Optional<Vouching> certificates) {

  private static final String ANYBODY = "anybody";
  private static final int LONGEST_NAME = 40;

  /**
   * Who asks.
   *
   * @throws Refused if it is a stranger
   */
  String principal(HttpExchange exchange) throws Refused {
    if (tokens.isEmpty() && certificates.isEmpty()) {
      return ANYBODY;
    }
    String said = exchange.getRequestHeaders().getFirst("Authorization");
    Optional<Token> token = tokens.flatMap(known -> known.saidBy(said == null ? "" : said));
    if (token.isPresent()) {
      return token.get().name();
    }
    X509Certificate[] shown = shown(exchange);
    if (certificates.isEmpty() || shown.length == 0) {
      throw Answers.stranger("who asks is not known");
    }
    Optional<String> trouble = certificates.get().trouble(shown);
    if (trouble.isPresent()) {
      throw Answers.stranger(trouble.get());
    }
    return name(shown[0]);
  }

  private static X509Certificate[] shown(HttpExchange exchange) {
    if (!(exchange instanceof HttpsExchange secure)) {
      return new X509Certificate[0];
    }
    try {
      Certificate[] chain = secure.getSSLSession().getPeerCertificates();
      return Arrays.stream(chain).map(X509Certificate.class::cast).toArray(X509Certificate[]::new);
    } catch (SSLPeerUnverifiedException e) {
      return new X509Certificate[0];
    }
  }

  /** Its common name, as far as that is a plain word, else its number. */
  private static String name(X509Certificate certificate) {
    try {
      for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
        if (part.getType().equalsIgnoreCase("CN")) {
          String word = String.valueOf(part.getValue()).replaceAll("[^A-Za-z0-9._-]", "_");
          return "cert:" + word.substring(0, Math.min(LONGEST_NAME, word.length()));
        }
      }
    } catch (InvalidNameException e) {
      // Its number tells as much.
    }
    String number = certificate.getSerialNumber().toString(16);
    return "cert:" + number.substring(0, Math.min(LONGEST_NAME, number.length()));
  }
}
