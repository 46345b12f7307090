package org.peftbench.cloud;

import org.peftbench.model.Tap;
import org.peftbench.model.ViTConfig;
import org.peftbench.wire.CloudInfo;
import org.peftbench.wire.FeatureRequest;
import org.peftbench.wire.Refusal;

/** Whether a request can be carried out by a cloud. */
final class Checks {

  /** Of a run of the backbone, as float32: what is in memory at once. */
  private static final long MOST_RUN_BYTES = 2L << 30;

  private final CloudInfo info;
  private final ViTConfig config;
  private final String fingerprint;
  private final long mostCacheBytes;

  Checks(CloudInfo info, long mostCacheBytes) {
    this.info = info;
    this.config = info.backbone().config();
    this.fingerprint = info.fingerprint();
    this.mostCacheBytes = mostCacheBytes;
  }

  /**
   * Checks a request.
   *
   * @throws Refused if it means another cloud, or asks for what there is not, or for too much
   */
  void check(FeatureRequest request) throws Refused {
    if (!request.cloud().equals(fingerprint)) {
      throw Refused.differs(
          Refusal.DIFFERS,
          "the request is for another cloud",
          request.cloud().length() > 64 ? "a longer word" : request.cloud(),
          fingerprint);
    }
    atMost("images of a job", request.images().size(), info.limits().jobImages());
    atMost("images of a batch", request.batch(), info.limits().batch());
    for (Tap tap : request.taps()) {
      check(tap);
    }
    long values = Tap.transferBytes(request.taps(), config);
    int batch = Math.min(request.batch(), request.images().size());
    atMost("bytes of a batch's taps", values * batch, MOST_RUN_BYTES);
    // Of a whole job's, what has been fetched makes room for what is computed next.
    atMost("bytes of a batch's features", request.imageBytes(config) * batch, mostCacheBytes);
  }

  private void check(Tap tap) throws Refused {
    boolean reached =
        tap.kind() == Tap.Kind.REPRESENTATION
            ? tap.depth() == config.depth()
            : tap.depth() <= config.depth();
    if (!reached) {
      throw Refused.differs(
          Refused.MALFORMED, "there is no such tap", tap, "a depth of at most " + config.depth());
    }
    try {
      int unused = tap.tokens(config);
    } catch (IllegalArgumentException e) {
      throw Refused.because(Refused.MALFORMED, String.valueOf(e.getMessage()));
    }
  }

  private static void atMost(String what, long found, long most) throws Refused {
    if (found > most) {
      throw Refused.differs(Refusal.TOO_LARGE, "too many " + what, found, "at most " + most);
    }
  }
}
