package org.peftbench.wire;

import org.peftbench.cell.BackboneChoice;
import org.peftbench.image.Interpolation;
import org.peftbench.image.Normalization;
import org.peftbench.model.Precision;
import org.peftbench.result.Bounded;

/**
 * What a cloud is: everything that its features depend on, and its limits.
 *
 * @param api version of the protocol, {@link Api#VERSION}
 * @param backbone network and weights
 * @param interpolation of the resize
 * @param normalize of the pixels
 * @param precision arithmetic of the backbone
 * @param engine whose arithmetic it is, and on what
 * @param limits what it takes at once
 */
public record CloudInfo(
    int api,
    BackboneChoice backbone,
    Interpolation interpolation,
    Normalization normalize,
    Precision precision,
    String engine,
    Limits limits) {

  /** Checks that its words can be shown and kept: a record has them. */
  public CloudInfo {
    Bounded.require("backbone", backbone.name(), Bounded.NAME);
    Bounded.require("weights", backbone.weights(), Bounded.NAME);
    Bounded.require("weightsSha256", backbone.weightsSha256(), Bounded.NAME);
    Bounded.require("engine", engine, Bounded.LINE);
  }

  /**
   * What a cloud takes at once.
   *
   * @param imageBytes of an image file
   * @param jobImages images of a job
   * @param batch images of a run of the backbone
   * @param shardBytes of a shard, as far as one image is not more
   */
  public record Limits(long imageBytes, int jobImages, int batch, long shardBytes) {

    /** Checks that something is possible. */
    public Limits {
      if (imageBytes < 1 || jobImages < 1 || batch < 1 || shardBytes < 1) {
        throw new IllegalArgumentException("a limit of nothing: " + imageBytes + ", " + jobImages);
      }
    }
  }

  /**
   * Equal for clouds that give the same features, whatever their limits: what an edge expects, and
   * sends with each request.
   */
  public String fingerprint() {
    return Hashes.of(new Features(api, backbone, interpolation, normalize, precision, engine));
  }

  private record Features(
      int api,
      BackboneChoice backbone,
      Interpolation interpolation,
      Normalization normalize,
      Precision precision,
      String engine) {}
}
