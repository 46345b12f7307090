package org.peftbench.edge;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.peftbench.file.FolderLock;
import org.peftbench.model.Tap;
import org.peftbench.wire.CloudInfo;
import org.peftbench.wire.FeatureRequest;
import org.peftbench.wire.FeatureRequest.Shard;
import org.peftbench.wire.FeatureType;
import org.peftbench.wire.JobState;

/** Gets the features of images from a cloud, and keeps them: what is there is never asked again. */
public final class Receiver {

  /** Hears how far it is. */
  @FunctionalInterface
  public interface Listener {
    /** So many images of so many, and what a person wants to know besides. */
    void at(long done, long of, String text);
  }

  /**
   * What is wanted of each image.
   *
   * @param batch images of a run of the backbone
   * @param taps in order
   * @param type how they travel
   */
  public record Wanted(int batch, List<Tap> taps, FeatureType type) {

    /** Copies the taps. */
    public Wanted {
      taps = List.copyOf(taps);
    }
  }

  private final CloudClient client;
  private final CloudInfo cloud;
  private final Path folder;
  private final Listener listener;
  private Moved accounted = Moved.NOTHING;
  private final Set<String> sentBefore = new HashSet<>();
  private boolean asked;

  /**
   * A receiver.
   *
   * @param client that asks
   * @param cloud what the cloud is
   * @param folder where features are kept
   */
  public Receiver(CloudClient client, CloudInfo cloud, Path folder, Listener listener) {
    this.client = client;
    this.cloud = cloud;
    this.folder = folder;
    this.listener = listener;
  }

  /**
   * Gets the features of lists of images, one after the other.
   *
   * @param lists files of images, in order
   * @return what arrived of each list
   * @throws org.peftbench.WrongInputException if an image cannot be read, or the cloud is another
   * @throws UnreachableException if the cloud does not answer
   * @throws CloudException if it refuses or lies, or the disk is too small
   */
  public List<Arrivals> receive(List<List<Path>> lists, Wanted wanted) {
    List<List<ShardStore>> stores = new ArrayList<>();
    for (List<Path> images : lists) {
      stores.add(
          FeatureJob.of(images, cloud, wanted.batch(), wanted.taps(), wanted.type()).stream()
              .map(job -> new ShardStore(job, folder))
              .toList());
    }
    List<ShardStore> all = stores.stream().flatMap(List::stream).toList();
    all.forEach(ShardStore::deleteDamaged);
    if (!all.stream().allMatch(ShardStore::isWhole)) {
      all.forEach(ShardStore::create);
      requireRoom(all);
      receive(all);
    }
    return stores.stream().map(some -> Arrivals.open(some, !asked)).toList();
  }

  private static void requireRoom(List<ShardStore> all) {
    long needed = all.stream().mapToLong(ShardStore::missingBytes).sum();
    ShardStore first = all.get(0);
    if (needed > first.roomBytes()) {
      throw new CloudException(
          "%s has room for %,d bytes, and features need %,d"
              .formatted(
                  Objects.requireNonNull(first.folder().getParent()), first.roomBytes(), needed));
    }
  }

  private void receive(List<ShardStore> all) {
    try {
      for (ShardStore store : all) {
        FolderLock lock = lock(store);
        try {
          if (!store.isWhole()) {
            receive(store, all);
          }
        } finally {
          lock.close();
        }
      }
    } catch (UnreachableException e) {
      throw e.having(maps(all, ShardStore::images), maps(all, store -> store.job().images()));
    }
  }

  /** Another cell's time is not this one's. */
  private FolderLock lock(ShardStore store) {
    long before = System.nanoTime();
    FolderLock lock =
        store.lock(whom -> listener.at(0, 0, "waiting for " + whom + ", which receives the same"));
    client.tally().leaveOut(System.nanoTime() - before);
    return lock;
  }

  private static long maps(List<ShardStore> all, ToIntFunction<ShardStore> images) {
    return all.stream()
        .mapToLong(store -> (long) images.applyAsInt(store) * store.job().request().taps().size())
        .sum();
  }

  private void receive(ShardStore store, List<ShardStore> all) {
    asked = true;
    try {
      List<Shard> wanted = store.job().shards().stream().filter(one -> !store.has(one)).toList();
      Upload upload = new Upload(client, store.job(), wanted, sentBefore, listener);
      submit(store, wanted.get(0), upload);
      for (Shard shard : wanted) {
        bring(store, shard, upload);
        account(store);
        tell(all);
      }
    } catch (CloudException e) {
      try {
        account(store); // what it took is known, also if it was in vain
      } catch (CloudException full) {
        e.addSuppressed(full); // the first thing that went wrong is the one to tell
      }
      throw e;
    }
  }

  private void tell(List<ShardStore> all) {
    long done = all.stream().mapToLong(ShardStore::images).sum();
    long bytes =
        all.stream()
            .mapToLong(
                store -> store.images() * store.job().request().imageBytes(store.job().config()))
            .sum();
    long of = all.stream().mapToLong(store -> store.job().tensorBytes()).sum();
    listener.at(
        done,
        all.stream().mapToLong(store -> store.job().images()).sum(),
        "images, %.1f of %.1f MB".formatted(bytes / 1e6, of / 1e6));
  }

  /** Adds what went over the link since the last time. */
  private void account(ShardStore store) {
    Moved now = client.tally().moved();
    store.keep(store.moved().plus(now.minus(accounted)));
    accounted = now;
  }

  /** Makes the job from a shard on, and hears what the cloud lacks for it. */
  private void submit(ShardStore store, Shard from, Upload upload) {
    goOn(client.submit(store.job().request(), from.number()), store.job(), upload);
  }

  private static void require(JobState state, FeatureJob job) {
    if (state.failed().isPresent()) {
      throw new CloudException("the cloud failed: " + Words.printable(state.failed().get()));
    }
    if (state.shards() != job.shards().size()) {
      throw new CloudException(
          "the cloud has %d shards for a job, expected %d"
              .formatted(state.shards(), job.shards().size()));
    }
  }

  private void bring(ShardStore store, Shard shard, Upload upload) {
    FeatureRequest request = store.job().request();
    try (Part part = Part.of(store.file(shard))) {
      if (part.isRight()) {
        accept(store, shard, part); // the process was ended before it could say so
        return;
      }
      upload.send(shard);
      upload.sendAhead(shard);
      int wrong = 0;
      int forgotten = 0;
      int lost = 0;
      while (true) {
        switch (client.shard(request, shard.number(), part, store.mostBytes(shard))) {
          case WHOLE -> {
            if (part.isRight()) {
              accept(store, shard, part);
              return;
            }
            client.tally().again(part.bytes());
            part.discard();
            if (++wrong > 1) {
              throw new CloudException(
                  "shard %d came twice with another content than its ETag says"
                      .formatted(shard.number()));
            }
          }
          case NOT_YET ->
              client.state(request).ifPresent(state -> goOn(state, store.job(), upload));
          case FORGOTTEN -> {
            if (++forgotten > client.reach().retries() + 1) {
              throw new CloudException("the cloud forgets a job as often as it gets it");
            }
            submit(store, shard, upload);
          }
          default -> throw new IllegalStateException("a shard came otherwise");
        }
        if (upload.isShort(shard)) {
          if (++lost > client.reach().retries() + 1) {
            throw new CloudException("the cloud loses images as fast as they are sent");
          }
          upload.send(shard);
        }
      }
    }
  }

  private static void goOn(JobState state, FeatureJob job, Upload upload) {
    require(state, job);
    upload.lacks(state.missing());
  }

  /** What a shard is to be was promised by its ETag; that it has what was asked for is not. */
  private static void accept(ShardStore store, Shard shard, Part part) {
    try {
      ShardFile.check(part.path(), store.job().layout(), shard.images().size());
    } catch (CloudException e) {
      part.discard(); // else the next run would take it for what it asks for
      throw e;
    }
    store.noteSum(shard, part.path());
    part.publish();
  }
}
