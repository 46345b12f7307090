package org.peftbench.result;

import java.util.Optional;

/**
 * What an edge cell had of a cloud, which ran the backbone for it.
 *
 * @param transport such as {@code http} or {@code https, client certificate}
 * @param link what was between them: {@code as it is}, or how it was shaped
 * @param traffic of the images that it was trained and judged on
 * @param reused whether that traffic was an earlier cell's, whose features were kept
 * @param latency of single images with the trained network; empty if none was asked for
 */
public record EdgeUse(
    String transport, String link, Traffic traffic, boolean reused, Optional<Latency> latency) {

  /** Checks that transport and link are lines. */
  public EdgeUse {
    Bounded.require("transport", transport, Bounded.NAME);
    Bounded.require("link", link, Bounded.LINE);
  }

  /**
   * What went over the link until all features were there.
   *
   * @param images whose features arrived
   * @param imageFileBytes of all their files, whether they had to be sent or the cloud had them
   * @param rawBytes of all their pixels at the backbone's size, a byte a value
   * @param sentImages that had to be sent
   * @param upBytes bodies of requests
   * @param tensorBytes values and scales of the features
   * @param downBytes bodies of answers
   * @param wireUpBytes by the network's interfaces, where this process has a network of its own
   * @param wireDownBytes the same of what came
   * @param seconds from the first request until all features were there
   * @param requests including those that failed
   * @param reconnects requests that were made again because a connection failed
   * @param againBytes that had been sent or had come before, and did so again
   */
  public record Traffic(
      long images,
      long imageFileBytes,
      long rawBytes,
      long sentImages,
      long upBytes,
      long tensorBytes,
      long downBytes,
      Optional<Long> wireUpBytes,
      Optional<Long> wireDownBytes,
      double seconds,
      long requests,
      long reconnects,
      long againBytes) {

    /** Checks that counts can be counts. */
    public Traffic {
      if (images < 1
          || imageFileBytes < 0
          || rawBytes < 0
          || sentImages < 0
          || upBytes < 0
          || tensorBytes < 0
          || downBytes < 0
          || wireUpBytes.orElse(0L) < 0
          || wireDownBytes.orElse(0L) < 0
          || !(seconds >= 0)
          || requests < 0
          || reconnects < 0
          || againBytes < 0) {
        throw new IllegalArgumentException("traffic of " + images + " images has a negative count");
      }
    }
  }

  /**
   * From an image file in memory to its logits, one image at a time: there, backbone, back, side
   * network.
   *
   * @param images that were timed
   * @param p50Seconds median
   * @param p90Seconds nine of ten took no longer
   * @param p99Seconds 99 of 100 took no longer
   */
  public record Latency(int images, double p50Seconds, double p90Seconds, double p99Seconds) {

    /** Checks that the quantiles are in order. */
    public Latency {
      if (images < 1
          || !(p50Seconds >= 0 && p90Seconds >= p50Seconds && p99Seconds >= p90Seconds)) {
        throw new IllegalArgumentException(
            "latency of %d images: %s, %s, %s s"
                .formatted(images, p50Seconds, p90Seconds, p99Seconds));
      }
    }
  }
}
