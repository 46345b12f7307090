package org.peftbench.wire;

import java.util.Optional;

/**
 * How an edge reaches a cloud. Secrets are in files, and only their paths are here.
 *
 * @param url such as {@code https://host:8443}
 * @param tokenFile file with the one token that it says
 * @param ca PEM file of who vouches for the cloud; empty for those whom Java trusts
 * @param certificate PEM file of what it shows if it is asked
 * @param key PEM file of that certificate's key
 * @param retries of a request that failed, until something of it succeeds
 * @param timeoutMillis without a byte, after which a connection is given up
 * @param proxyPort of a proxy on this machine that shapes what goes through it
 * @param link what is between them, in words
 * @param edge any short word that tells this edge from others of the same token or certificate
 */
public record Reach(
    String url,
    Optional<String> tokenFile,
    Optional<String> ca,
    Optional<String> certificate,
    Optional<String> key,
    int retries,
    long timeoutMillis,
    Optional<Integer> proxyPort,
    String link,
    String edge) {

  /** Checks the numbers. */
  public Reach {
    if (retries < 0 || timeoutMillis < 1) {
      throw new IllegalArgumentException(retries + " retries, " + timeoutMillis + " ms");
    }
  }

  /** The same with no more than some retries. */
  public Reach trying(int most) {
    return new Reach(
        url,
        tokenFile,
        ca,
        certificate,
        key,
        Math.min(most, retries),
        timeoutMillis,
        proxyPort,
        link,
        edge);
  }

  /** What protects it and says who asks: {@code https, client certificate}. */
  public String transport() {
    return (url.startsWith("https:") ? "https" : "http")
        + (certificate.isPresent() ? ", client certificate" : "")
        + (tokenFile.isPresent() ? ", token" : "");
  }
}
