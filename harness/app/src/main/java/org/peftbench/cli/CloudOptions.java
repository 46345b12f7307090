package org.peftbench.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.peftbench.WrongInputException;
import org.peftbench.edge.CloudAddress;
import org.peftbench.shaper.Link;
import org.peftbench.shaper.Shaper;
import org.peftbench.wire.FeatureType;
import org.peftbench.wire.Reach;
import picocli.CommandLine.Option;

/** The options that say where a cloud is, and how it is asked. */
final class CloudOptions {

  @Option(
      names = "--cloud",
      required = true,
      paramLabel = "URL",
      description = "where bench cloud serve listens, such as https://host:8443")
  String url = "";

  @Option(
      names = "--dtype",
      paramLabel = "float32|float16|int8",
      defaultValue = "float32",
      description =
          "how features travel; int8 has a scale for each token (default: ${DEFAULT-VALUE})")
  String type = "";

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "has the one token that the cloud knows this edge by")
  @Nullable Path token;

  @Option(
      names = "--ca",
      paramLabel = "PEM",
      description = "certificate of who vouches for the cloud (default: whom Java trusts)")
  @Nullable Path ca;

  @Option(
      names = "--cert",
      paramLabel = "PEM",
      description = "certificate that the cloud knows this edge by")
  @Nullable Path certificate;

  @Option(names = "--key", paramLabel = "PEM", description = "key of --cert, PKCS#8")
  @Nullable Path key;

  @Option(
      names = "--link",
      paramLabel = "lan|wifi|4g|slow",
      description =
          "put a relay between that has the rate, distance and losses of such a link (default:"
              + " none)")
  @Nullable String link;

  @Option(
      names = "--retries",
      paramLabel = "N",
      defaultValue = "8",
      description =
          "tries after one that failed, counted anew with each success (default: ${DEFAULT-VALUE})")
  int retries;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      defaultValue = "30s",
      description =
          "without a byte, after which a connection is given up (default: ${DEFAULT-VALUE})")
  String timeout = "";

  @Option(
      names = "--latency-images",
      paramLabel = "N",
      defaultValue = "50",
      description =
          "images that each trained network is timed with, one by one; 0 for none (default:"
              + " ${DEFAULT-VALUE})")
  int latencyImages;

  /** All cells of a command are one edge to the cloud. */
  private final String edge = Integer.toHexString(ThreadLocalRandom.current().nextInt());

  /** How features travel. */
  FeatureType type() {
    return Words.named("--dtype", type, List.of(FeatureType.values()));
  }

  /** The link that is put between, if any. */
  Optional<Link> link() {
    return Optional.ofNullable(link)
        .map(word -> Words.named("--link", word, List.of(Link.values()), Link::word));
  }

  /**
   * Begins to relay over a link.
   *
   * @throws WrongInputException if there is no such cloud
   */
  Shaper relay(Link over) throws IOException {
    CloudAddress address = CloudAddress.parse(url);
    return Shaper.start(over, address.host(), address.port());
  }

  /**
   * How the cloud is reached.
   *
   * @param relay what is between; empty to reach it as it is
   * @throws WrongInputException if a number is not possible
   */
  Reach reach(Optional<Shaper> relay) {
    CloudAddress.parse(url);
    if (retries < 0 || latencyImages < 0) {
      String wrong = retries < 0 ? "--retries " + retries : "--latency-images " + latencyImages;
      throw new WrongInputException(wrong + " is not possible; at least 0");
    }
    Duration patience = Amounts.time("--timeout", timeout);
    return new Reach(
        url,
        path(token),
        path(ca),
        path(certificate),
        path(key),
        retries,
        Math.max(1, patience.toMillis()),
        relay.map(Shaper::port),
        link().filter(any -> relay.isPresent()).map(Link::toString).orElse("as it is"),
        edge);
  }

  private static Optional<String> path(@Nullable Path file) {
    return Optional.ofNullable(file).map(given -> given.toAbsolutePath().toString());
  }
}
