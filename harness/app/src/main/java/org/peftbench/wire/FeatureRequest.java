package org.peftbench.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.peftbench.model.Tap;
import org.peftbench.model.ViTConfig;

/**
 * The features of some images. Equal requests are one job, whoever asks and however often.
 *
 * @param cloud {@link CloudInfo#fingerprint} of the cloud that is meant
 * @param images SHA-256 of each image file, in order; one may come twice
 * @param batch images of a run of the backbone: in other batches, sums may round otherwise
 * @param taps what is wanted of each
 * @param type how it travels
 */
public record FeatureRequest(
    String cloud, List<String> images, int batch, List<Tap> taps, FeatureType type) {

  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final int MOST_TAPS = 1024;

  /** Copies the lists and checks what can be checked without a backbone. */
  public FeatureRequest {
    images = List.copyOf(images);
    taps = List.copyOf(taps);
    if (!images.stream().allMatch(FeatureRequest::isSha256)) {
      throw new IllegalArgumentException("an image is named by 64 hexadecimal digits");
    }
    if (images.isEmpty() || taps.isEmpty() || taps.size() > MOST_TAPS || batch < 1) {
      throw new IllegalArgumentException(
          "%d images in batches of %d, %d taps; expected at least one of each, at most %d taps"
              .formatted(images.size(), batch, taps.size(), MOST_TAPS));
    }
  }

  /** Whether a word can be a SHA-256. */
  public static boolean isSha256(String word) {
    return SHA256.matcher(word).matches();
  }

  /** The job's name. */
  public String id() {
    return Hashes.of(this);
  }

  /** Bytes of one image's taps, as they travel. */
  public long imageBytes(ViTConfig config) {
    return type.bytes(taps, config);
  }

  /**
   * The pieces in which features are computed and travel: a run of the backbone is one shard, or
   * several if its features are more than a shard may have.
   *
   * @param shardBytes of a shard, as far as one image is not more
   */
  public List<Shard> shards(ViTConfig config, long shardBytes) {
    int most = (int) Math.max(1, Math.min(batch, shardBytes / imageBytes(config)));
    List<Shard> shards = new ArrayList<>();
    for (int start = 0; start < images.size(); start += batch) {
      int end = Math.min(images.size(), start + batch);
      for (int first = start; first < end; first += most) {
        int next = Math.min(end, first + most);
        shards.add(new Shard(shards.size(), start, end, images.subList(first, next), first));
      }
    }
    return shards;
  }

  /**
   * A piece of a job.
   *
   * @param number from 0 on
   * @param batchFrom the first image of its run of the backbone, by its place in the job
   * @param batchTo the image after the last of that run
   * @param images SHA-256 of its images
   * @param first place of the first of them in the job
   */
  public record Shard(int number, int batchFrom, int batchTo, List<String> images, int first) {

    /** Copies the images. */
    public Shard {
      images = List.copyOf(images);
    }
  }
}
