package org.peftbench.cloud;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.peftbench.WrongInputException;
import org.peftbench.tls.Tokens;
import org.peftbench.tls.Vouching;
import org.peftbench.wire.CloudInfo;

/**
 * How a cloud is run.
 *
 * @param info what it is
 * @param listen where it listens
 * @param access who may ask
 * @param cache the folder of what is kept
 * @param cacheBytes of that folder
 * @param times how long it waits
 * @param most how much it takes at once
 */
public record CloudSettings(
    CloudInfo info,
    InetSocketAddress listen,
    Access access,
    Path cache,
    long cacheBytes,
    Times times,
    Most most) {

  /** Checks that strangers cannot ask from afar. */
  public CloudSettings {
    access.requireFit(listen);
  }

  /**
   * Who may ask.
   *
   * @param tls what connections are protected with; empty for plain HTTP
   * @param certificates who vouches for clients; empty if none is asked for a certificate
   * @param tokens those that are known
   */
  public record Access(
      Optional<SSLContext> tls, Optional<Vouching> certificates, Optional<Tokens> tokens) {

    /** Checks that they fit. */
    public Access {
      if (certificates.isPresent() && tls.isEmpty()) {
        throw new WrongInputException("--client-ca needs --tls CERT KEY: certificates are TLS's");
      }
    }

    private void requireFit(InetSocketAddress listen) {
      if (listen.getAddress().isLoopbackAddress()) {
        return;
      }
      boolean known = certificates.isPresent() || tokens.isPresent();
      if (tls.isEmpty() || !known) {
        String missing =
            (tls.isEmpty() ? "--tls CERT KEY" : "")
                + (tls.isEmpty() && !known ? " and " : "")
                + (known ? "" : "--token-file FILE or --client-ca CA");
        throw new WrongInputException(
            "--listen %s can be reached from other machines; add %s"
                .formatted(listen.getAddress().getHostAddress(), missing));
      }
    }
  }

  /**
   * How long it waits.
   *
   * @param headers for a request without its body
   * @param step for a client to send or take something
   * @param longPoll for a shard that is not ready
   * @param forgotten after which a job that nobody asks about is given up
   */
  public record Times(Duration headers, Duration step, Duration longPoll, Duration forgotten) {

    /** The usual ones. */
    public static final Times USUAL =
        new Times(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofMinutes(10));
  }

  /**
   * How much it takes at once.
   *
   * @param connections of all
   * @param requestsPerSecond of an owner, and twice as many in a burst
   * @param ownerJobs jobs of an owner
   * @param jobs of all
   */
  public record Most(int connections, double requestsPerSecond, int ownerJobs, int jobs) {

    /** The usual ones, but for a rate. */
    public static Most at(double requestsPerSecond) {
      return new Most(1000, requestsPerSecond, 16, 256);
    }
  }
}
