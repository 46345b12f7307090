package org.peftbench.cloud;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.peftbench.model.ViTConfig;
import org.peftbench.wire.FeatureRequest;
import org.peftbench.wire.JobState;

/** What an edge asked for, cut into runs of the backbone. */
final class Job {

  /** A shard, and the run that it is of. */
  record Part(Run run, Run.Slice slice) {}

  /** Why no more of it will be computed. */
  record Failed(int status, String why) {}

  private final String id;
  final String owner;
  final int images;
  final List<Part> parts = new ArrayList<>();
  final List<Run> runs = new ArrayList<>();
  final Map<Integer, Shelf.Held> unfetched = new HashMap<>();
  Optional<Failed> failed = Optional.empty();
  long asked;
  long said;
  double seconds;

  /** Whether it was asked for as a job, and not only as one image's features. */
  boolean kept;

  int waiters;

  private Job(String id, String owner, int images) {
    this.id = id;
    this.owner = owner;
    this.images = images;
  }

  /**
   * Makes a job.
   *
   * @param known runs that there are, by key; gets those of the job
   */
  static Job of(
      FeatureRequest request,
      String owner,
      ViTConfig config,
      long shardBytes,
      Map<String, Run> known) {
    Job job = new Job(request.id(), owner, request.images().size());
    List<FeatureRequest.Shard> shards = request.shards(config, shardBytes);
    for (int i = 0; i < shards.size(); ) {
      FeatureRequest.Shard first = shards.get(i);
      List<String> images = request.images().subList(first.batchFrom(), first.batchTo());
      Run made =
          new Run(
              new FeatureRequest(
                  request.cloud(), images, images.size(), request.taps(), request.type()),
              config);
      List<Run.Slice> slices = new ArrayList<>();
      for (; i < shards.size() && shards.get(i).batchFrom() == first.batchFrom(); i++) {
        slices.add(made.slice(shards.get(i).images().size()));
      }
      Run run = known.computeIfAbsent(made.key(), absent -> made);
      run.jobs.add(job);
      job.runs.add(run);
      slices.forEach(slice -> job.parts.add(new Part(run, slice)));
    }
    return job;
  }

  String id() {
    return id;
  }

  /** The first letters of its name, for people. */
  String shortId() {
    return id.substring(0, 12);
  }

  boolean isDone() {
    return runs.stream().allMatch(run -> run.state == Run.State.DONE);
  }

  /** Whether all of it has been fetched to its end. */
  boolean isFetched() {
    return isDone() && unfetched.isEmpty();
  }

  /** Bytes on the shelf that are kept until they are fetched. */
  long unfetchedBytes() {
    return unfetched.values().stream().mapToLong(Shelf.Held::bytes).sum();
  }

  /** Bytes of images on the shelf that are kept until features are computed of them. */
  long imageBytes() {
    return runs.stream().flatMap(run -> run.images.stream()).mapToLong(Shelf.Held::bytes).sum();
  }

  /**
   * How far it is.
   *
   * @param most images that are named if they are missing: the first ones
   */
  JobState state(Shelf shelf, int most) {
    Set<String> missing = new LinkedHashSet<>();
    for (Run run : runs) {
      if (missing.size() < most) {
        missing.addAll(run.missing);
      }
    }
    return new JobState(
        id,
        parts.size(),
        IntStream.range(0, parts.size())
            .filter(number -> shelf.has(parts.get(number).slice().name()))
            .boxed()
            .toList(),
        missing.stream().limit(most).toList(),
        failed.map(Failed::why));
  }

  /** Keeps features of a run on the shelf until they are fetched; false if some are not there. */
  boolean keep(Run run, Shelf shelf) {
    for (int number = 0; number < parts.size(); number++) {
      Part part = parts.get(number);
      if (part.run() == run && !unfetched.containsKey(number)) {
        Optional<Shelf.Held> held = shelf.hold(part.slice().name());
        if (held.isEmpty()) {
          return false;
        }
        unfetched.put(number, held.get());
      }
    }
    return true;
  }

  void release() {
    unfetched.values().forEach(Shelf.Held::close);
    unfetched.clear();
  }
}
