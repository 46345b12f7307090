package org.peftbench.edge;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.peftbench.wire.Api;
import org.peftbench.wire.FeatureRequest.Shard;

/**
 * Sends the images of a job as the cloud needs them, a few runs of the backbone ahead: it computes
 * while features travel, and keeps little for each of many edges.
 */
final class Upload {

  private final CloudClient client;
  private final FeatureJob job;
  private final List<Shard> wanted;
  private final Set<String> sentBefore;
  private final Receiver.Listener listener;
  private final Set<String> lacking = new HashSet<>();

  /**
   * Sends nothing yet.
   *
   * @param wanted shards of the job that are to come
   * @param sentBefore images that the cloud got of this process; gets those that are sent
   */
  Upload(
      CloudClient client,
      FeatureJob job,
      List<Shard> wanted,
      Set<String> sentBefore,
      Receiver.Listener listener) {
    this.client = client;
    this.job = job;
    this.wanted = wanted;
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
    return !lacking(run(shard)).isEmpty();
  }

  /** Sends what the cloud lacks for a shard. */
  void send(Shard shard) {
    for (ImageFile image : lacking(run(shard))) {
      client.put(image.sha256(), image.content());
      sent(image);
    }
  }

  /** Sends what the cloud lacks for the shards after one, as far as it has room. */
  void sendAhead(Shard shard) {
    Set<List<String>> runs = new LinkedHashSet<>();
    for (Shard later : wanted.subList(wanted.indexOf(shard) + 1, wanted.size())) {
      if (later.batchFrom() > shard.batchFrom() && runs.size() < Api.RUNS_AHEAD) {
        runs.add(run(later));
      }
    }
    for (ImageFile image : lacking(runs.stream().flatMap(List::stream).toList())) {
      if (!client.offer(image.sha256(), image.content())) {
        return;
      }
      sent(image);
    }
  }

  private List<String> run(Shard shard) {
    return job.request().images().subList(shard.batchFrom(), shard.batchTo());
  }

  private List<ImageFile> lacking(Collection<String> images) {
    return images.stream()
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
