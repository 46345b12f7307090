package org.peftbench.edge;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.peftbench.wire.FeatureRequest.Shard;

/**
 * Sends the images of a job as the cloud needs them, a few runs of the backbone ahead: it computes
 * while features travel, and keeps little for each of many edges.
 */
final class Upload {

  private static final int RUNS_AHEAD = 3;

  private final CloudClient client;
  private final FeatureJob job;
  private final Set<String> sentBefore;
  private final Receiver.Listener listener;
  private final Set<String> lacking = new HashSet<>();

  /**
   * Sends nothing yet.
   *
   * @param sentBefore images that the cloud got of this process; gets those that are sent
   */
  Upload(CloudClient client, FeatureJob job, Set<String> sentBefore, Receiver.Listener listener) {
    this.client = client;
    this.job = job;
    this.sentBefore = sentBefore;
    this.listener = listener;
  }

  /** Hears which images the cloud lacks. */
  void lacks(List<String> missing) {
    if (!job.files().keySet().containsAll(missing)) {
      throw new CloudException("the cloud asks for an image that is none of the job's");
    }
    lacking.addAll(missing);
  }

  /** Whether the cloud lacks an image that a shard is computed from. */
  boolean isShort(Shard shard) {
    return !lacking(shard.batchFrom(), shard.batchTo()).isEmpty();
  }

  /** Sends what the cloud lacks for a shard, and for those after it as far as there is room. */
  void upTo(Shard shard) {
    for (ImageFile image : lacking(shard.batchFrom(), shard.batchTo())) {
      client.put(image.sha256(), image.content());
      sent(image);
    }
    int ahead = shard.batchTo() + RUNS_AHEAD * job.request().batch();
    for (ImageFile image : lacking(shard.batchTo(), ahead)) {
      if (!client.offer(image.sha256(), image.content())) {
        return;
      }
      sent(image);
    }
  }

  private List<ImageFile> lacking(int from, int to) {
    List<String> all = job.request().images();
    return all.subList(from, Math.min(all.size(), to)).stream()
        .filter(lacking::contains)
        .distinct()
        .map(image -> Objects.requireNonNull(job.files().get(image)))
        .toList();
  }

  private void sent(ImageFile image) {
    if (!sentBefore.add(image.sha256())) {
      client.tally().again(image.bytes());
    }
    lacking.remove(image.sha256());
    int all = job.files().size();
    listener.at(all - lacking.size(), all, "images sent");
  }
}
