package org.peftbench.edge;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.peftbench.file.Sha256;
import org.peftbench.model.Tap;
import org.peftbench.model.ViTConfig;
import org.peftbench.wire.CloudInfo;
import org.peftbench.wire.FeatureRequest;
import org.peftbench.wire.FeatureType;
import org.peftbench.wire.ShardLayout;

/**
 * Images whose features are wanted of a cloud at once.
 *
 * @param request what the cloud is asked
 * @param files of the images, by SHA-256
 * @param fileBytes of all images, one that comes twice counted twice
 * @param config of the cloud's backbone
 * @param shards in which features travel
 * @param folderName of what is kept of it
 */
record FeatureJob(
    FeatureRequest request,
    Map<String, ImageFile> files,
    long fileBytes,
    ViTConfig config,
    List<FeatureRequest.Shard> shards,
    String folderName) {

  FeatureJob {
    files = Map.copyOf(files);
    shards = List.copyOf(shards);
  }

  /**
   * The jobs for a list of images: one, or several of whole batches if a cloud does not take so
   * many images at once.
   *
   * @param batch images of a run of the backbone
   * @throws org.peftbench.WrongInputException if an image cannot be read, or is too large
   */
  static List<FeatureJob> of(
      List<Path> images, CloudInfo cloud, int batch, List<Tap> taps, FeatureType type) {
    List<ImageFile> files = ImageFile.of(images, cloud.limits().imageBytes());
    int most = Math.max(batch, cloud.limits().jobImages() / batch * batch);
    List<FeatureJob> jobs = new ArrayList<>();
    for (int from = 0; from < files.size(); from += most) {
      List<ImageFile> some = files.subList(from, Math.min(files.size(), from + most));
      List<String> hashes = some.stream().map(ImageFile::sha256).toList();
      jobs.add(of(some, cloud, new FeatureRequest(cloud.fingerprint(), hashes, batch, taps, type)));
    }
    return jobs;
  }

  private static FeatureJob of(List<ImageFile> images, CloudInfo cloud, FeatureRequest request) {
    Map<String, ImageFile> files = new HashMap<>();
    images.forEach(image -> files.putIfAbsent(image.sha256(), image));
    ViTConfig config = cloud.backbone().config();
    long shardBytes = cloud.limits().shardBytes();
    // Of shards of another size, number 3 would be something else.
    String kept = request.id() + " " + shardBytes;
    return new FeatureJob(
        request,
        files,
        images.stream().mapToLong(ImageFile::bytes).sum(),
        config,
        request.shards(config, shardBytes),
        "cloud-" + Sha256.of(kept.getBytes(StandardCharsets.US_ASCII)));
  }

  int images() {
    return request.images().size();
  }

  /** How its shards lie. */
  ShardLayout layout() {
    return ShardLayout.of(request.type(), request.taps(), config);
  }

  /** Values and scales of all its images. */
  long tensorBytes() {
    return images() * request.imageBytes(config);
  }
}
