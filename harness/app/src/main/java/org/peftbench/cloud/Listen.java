package org.peftbench.cloud;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.peftbench.WrongInputException;

/** Where a cloud listens. */
public final class Listen {

  private static final Pattern ADDRESS =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.%a-z]+)\\]|([^:\\[\\]]+)):(\\d{1,5})");

  private Listen() {}

  /**
   * Reads {@code HOST:PORT} or {@code [::1]:PORT}; port 0 is any that is free.
   *
   * @throws WrongInputException if it is not that, or the host is not known
   */
  public static InetSocketAddress parse(String text) {
    Matcher matcher = ADDRESS.matcher(text);
    int port = matcher.matches() ? Integer.parseInt(matcher.group(3)) : -1;
    if (port < 0 || port > 65_535) {
      throw new WrongInputException(
          "--listen " + text + " is not HOST:PORT, such as 127.0.0.1:8443 or 0.0.0.0:8443");
    }
    String host = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
    try {
      return new InetSocketAddress(InetAddress.getByName(host), port);
    } catch (UnknownHostException e) {
      throw new WrongInputException("--listen " + text + ": the host is not known", e);
    }
  }
}
