package org.peftbench.edge;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import org.peftbench.WrongInputException;

/**
 * Where a cloud is.
 *
 * @param host by name or number
 * @param port of TCP
 * @param isTls whether what is said is secret
 */
public record CloudAddress(String host, int port, boolean isTls) {

  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  /**
   * Reads an address.
   *
   * @param url {@code http://host:port} or {@code https://host:port}
   * @throws WrongInputException if it is another
   */
  public static CloudAddress parse(String url) {
    try {
      URI uri = URI.create(url);
      boolean tls = "https".equals(uri.getScheme());
      String path = String.valueOf(uri.getPath());
      if ((tls || "http".equals(uri.getScheme()))
          && uri.getHost() != null
          && uri.getUserInfo() == null
          && uri.getQuery() == null
          && uri.getFragment() == null
          && (path.isEmpty() || path.equals("/"))) {
        int usual = tls ? HTTPS : HTTP;
        return new CloudAddress(uri.getHost(), uri.getPort() < 0 ? usual : uri.getPort(), tls);
      }
    } catch (IllegalArgumentException e) {
      // Said below, with what would be right.
    }
    throw new WrongInputException(
        "--cloud " + url + " is no address; expected https://HOST:PORT or http://HOST:PORT");
  }

  /** Whether nobody on a network hears what is said. */
  boolean isSecret() {
    try {
      return isTls
          || Stream.of(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
