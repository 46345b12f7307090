package org.peftbench.wire;

/** Where things are, and how large they may be. */
public final class Api {

  /** The version of this protocol; another is refused. */
  public static final int VERSION = 1;

  /** A {@link CloudInfo}. */
  public static final String INFO = "/v1/info";

  /** The backbone's final LayerNorm. */
  public static final String NORM = "/v1/norm";

  /** Where jobs are. */
  public static final String JOBS = "/v1/jobs";

  /** Where images go. */
  public static final String IMAGES = "/v1/images";

  /** One image to its features. */
  public static final String FEATURES = "/v1/features";

  /** The parameter of {@link #FEATURES} that has the {@link FeatureRequest}. */
  public static final String WANT = "want";

  /** The parameter of {@link #JOBS} that has the first shard that is needed. */
  public static final String FROM = "from";

  /**
   * Runs of the backbone beyond the one that an edge waits for, whose images it sends and whose
   * features the cloud computes, as far as there is room.
   */
  public static final int RUNS_AHEAD = 3;

  /** A header that tells edges behind one token or certificate apart: any short word. */
  public static final String EDGE = "Peft-Edge";

  /** RFC 7240's header; {@code wait=SECONDS} is how long a client waits for an answer at most. */
  public static final String PREFER = "Prefer";

  /** The largest JSON that either side reads. */
  public static final int MOST_JSON_BYTES = 16 << 20;

  private Api() {}

  /** A job. */
  public static String job(String id) {
    return JOBS + "/" + id;
  }

  /** A job's shard. */
  public static String shard(String id, int number) {
    return job(id) + "/shards/" + number;
  }

  /** An image by its content. */
  public static String image(String sha256) {
    return IMAGES + "/" + sha256;
  }
}
