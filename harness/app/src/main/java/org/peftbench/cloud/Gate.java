package org.peftbench.cloud;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsExchange;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.peftbench.tls.Token;
import org.peftbench.tls.Tokens;

/**
 * Says who asks: by a token, by a certificate that the connection was opened with, or, where
 * neither is wanted, anybody of this machine.
 *
 * @param tokens those that are known; empty if none is wanted
 * @param certificates whether one may show a certificate
 */
record Gate(Optional<Tokens> tokens, boolean certificates) {

  private static final String ANYBODY = "anybody";
  private static final int LONGEST_NAME = 40;

  /** Who asks; empty for a stranger. */
  Optional<String> principal(HttpExchange exchange) {
    if (tokens.isEmpty() && !certificates) {
      return Optional.of(ANYBODY);
    }
    String said = exchange.getRequestHeaders().getFirst("Authorization");
    Optional<Token> token = tokens.flatMap(known -> known.saidBy(said == null ? "" : said));
    return token
        .map(Token::name)
        .or(() -> certificates ? shown(exchange).map(Gate::name) : Optional.empty());
  }

  private static Optional<X509Certificate> shown(HttpExchange exchange) {
    if (!(exchange instanceof HttpsExchange secure)) {
      return Optional.empty();
    }
    try {
      Certificate[] chain = secure.getSSLSession().getPeerCertificates();
      return Optional.of((X509Certificate) chain[0]);
    } catch (SSLPeerUnverifiedException e) {
      return Optional.empty();
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
