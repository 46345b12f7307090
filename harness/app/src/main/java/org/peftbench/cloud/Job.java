package org.peftbench.cloud;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.peftbench.model.ViTConfig;
import org.peftbench.wire.Api;
import org.peftbench.wire.FeatureRequest;
import org.peftbench.wire.JobState;

/** What an edge asked for, cut into runs of the backbone. It fetches one shard after the other. */
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
  private final Map<Run.Slice, List<Integer>> numbers = new HashMap<>();
  private final Map<Integer, Runnable> spared = new HashMap<>();
  private final Set<Integer> fetched = new HashSet<>();
  private int next;
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
      slices.forEach(slice -> job.add(run, slice));
    }
    return job;
  }

  private void add(Run run, Run.Slice slice) {
    numbers.computeIfAbsent(slice, absent -> new ArrayList<>()).add(parts.size());
    parts.add(new Part(run, slice));
  }

  String id() {
    return id;
  }

  /** The first letters of its name, for people. */
  String shortId() {
    return id.substring(0, 12);
  }

  /** Nothing is fetched yet, but what comes before a shard is not needed. */
  void begin(int from) {
    release();
    fetched.clear();
    IntStream.range(0, Math.min(from, parts.size())).forEach(fetched::add);
    next = from;
  }

  /** A shard is asked for. */
  void goOn(int number) {
    next = number;
    fetched.remove(number);
  }

  boolean needs(Run.Slice slice) {
    return !needed(slice).isEmpty();
  }

  /** The shards that a slice is and that have not been fetched. */
  private List<Integer> needed(Run.Slice slice) {
    return numbers.getOrDefault(slice, List.of()).stream()
        .filter(number -> !fetched.contains(number))
        .toList();
  }

  /** Those whose missing images an edge is to hear of: one may be waited for by another edge. */
  List<Run> runsToTell() {
    return Stream.concat(runs.stream().filter(run -> run.awaited), nextRuns().stream())
        .distinct()
        .toList();
  }

  /** The run of the shard that was last asked for, and some after it that are needed. */
  List<Run> nextRuns() {
    Set<Run> near = new LinkedHashSet<>();
    if (next < parts.size()) {
      near.add(parts.get(next).run());
    }
    for (int number = next; number < parts.size() && near.size() <= Api.RUNS_AHEAD; number++) {
      if (!fetched.contains(number)) {
        near.add(parts.get(number).run());
      }
    }
    return List.copyOf(near);
  }

  /** A shard has been fetched to its end. */
  void fetched(int number) {
    fetched.add(number);
    if (number == next) {
      next++;
    }
    unspare(number);
  }

  private void unspare(int number) {
    Runnable unspare = spared.remove(number);
    if (unspare != null) {
      unspare.run();
    }
  }

  boolean isFetched() {
    return fetched.size() == parts.size();
  }

  /** Images whose features have been computed, or are not needed. */
  int doneImages() {
    return IntStream.range(0, parts.size())
        .filter(
            number -> fetched.contains(number) || parts.get(number).run().state == Run.State.DONE)
        .map(number -> parts.get(number).slice().images())
        .sum();
  }

  /**
   * How far it is.
   *
   * @param wanted the runs whose missing images are named
   */
  JobState state(Shelf shelf, List<Run> wanted) {
    Set<String> missing = new LinkedHashSet<>();
    for (Run run : wanted) {
      if (!run.isOn(shelf)) {
        run.request().images().stream()
            .filter(image -> !shelf.has(Shelf.Name.image(image)))
            .forEach(missing::add);
      }
    }
    return new JobState(
        id,
        parts.size(),
        IntStream.range(0, parts.size())
            .filter(number -> shelf.has(parts.get(number).slice().name()))
            .boxed()
            .toList(),
        List.copyOf(missing),
        failed.map(Failed::why));
  }

  /** Spares features of a run that were not fetched yet. */
  void spare(Run run, Shelf shelf) {
    for (Run.Slice slice : run.slices()) {
      for (int number : needed(slice)) {
        unspare(number); // one that has gone since is another
        Optional<Runnable> unspare = shelf.spare(slice.name(), run.need());
        if (unspare.isPresent()) {
          spared.put(number, unspare.get());
        }
      }
    }
  }

  void release() {
    spared.values().forEach(Runnable::run);
    spared.clear();
  }
}
