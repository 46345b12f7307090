package org.peftbench.cloud;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.peftbench.model.ViTConfig;
import org.peftbench.wire.FeatureRequest;
import org.peftbench.wire.JobState;
import org.peftbench.wire.Refusal;

/**
 * All jobs, and the runs of the backbone that they want: equal ones are computed once, whoever
 * wants them, and in an order that is fair to the owners.
 */
final class Jobs {

  /**
   * How much there may be at once.
   *
   * @param ofOwner jobs of an owner
   * @param all jobs of all
   * @param images of all jobs
   * @param forgottenNanos after which a job that nobody asks about is dropped
   */
  record Limits(int ofOwner, int all, long images, long forgottenNanos) {}

  private static final long SAYING_NANOS = 10_000_000_000L;
  private static final int BUSY_SECONDS = 10;
  private static final int NO_ROOM_SECONDS = 2;
  private static final long ROOM_MILLIS = 500;

  private final Shelf shelf;
  private final ViTConfig config;
  private final long shardBytes;
  private final Limits limits;
  private final CloudLog log;
  private final Map<String, Job> jobs = new LinkedHashMap<>();
  private final Map<String, Run> runs = new HashMap<>();
  private final Map<String, Set<Run>> waiting = new HashMap<>();
  private final FairQueue<Run> queue = new FairQueue<>();
  private boolean ended;

  Jobs(Shelf shelf, ViTConfig config, long shardBytes, Limits limits, CloudLog log) {
    this.shelf = shelf;
    this.config = config;
    this.shardBytes = shardBytes;
    this.limits = limits;
    this.log = log;
  }

  /**
   * Begins a job, or goes on with it.
   *
   * @param from the first shard that is needed
   * @throws Refused if there are too many
   */
  synchronized JobState open(String owner, FeatureRequest request, int from) throws Refused {
    Job job = job(owner, request, true);
    job.kept = true;
    job.begin(from);
    want(job, owner);
    return job.state(shelf, job.parts.stream().skip(from).map(Job.Part::run).distinct().toList());
  }

  private Job job(String owner, FeatureRequest request, boolean counted) throws Refused {
    Job known = jobs.get(request.id());
    if (known != null && known.failed.isPresent()) {
      drop(known); // who asks again wants another try
      known = null;
    }
    if (known == null && counted) {
      requireFew(owner, request.images().size());
    }
    Job job = known != null ? known : Job.of(request, owner, config, shardBytes, runs);
    jobs.put(job.id(), job);
    job.asked = System.nanoTime();
    return job;
  }

  private void requireFew(String owner, int images) throws Refused {
    // Who has fetched all of a job needs it no more; asked for again, it is found on the shelf.
    List.copyOf(jobs.values()).stream()
        .filter(job -> job.waiters == 0 && job.isFetched())
        .forEach(this::drop);
    if (jobs.values().stream().filter(job -> job.owner.equals(owner)).count() >= limits.ofOwner()) {
      throw Refused.busy("more than " + limits.ofOwner() + " jobs of one edge", BUSY_SECONDS);
    }
    long all = jobs.values().stream().mapToLong(job -> job.images).sum();
    if (jobs.size() >= limits.all() || all + images > limits.images()) {
      throw Refused.busy(
          "%d jobs of %d images are more than enough".formatted(jobs.size(), all), BUSY_SECONDS);
    }
  }

  /** An owner wants what comes next of a job, and soon what comes after it. */
  private void want(Job job, String owner) {
    List<Run> next = job.nextRuns();
    for (Run run : next) {
      want(run, owner, run == next.get(0));
      if (run.state == Run.State.DONE) {
        job.spare(run, shelf);
        run.awaited = false;
      }
    }
  }

  private void want(Run run, String owner, boolean now) {
    boolean sooner = now && !run.awaited;
    boolean more = run.owners.add(owner) || sooner;
    run.awaited |= now;
    boolean gone = run.state == Run.State.DONE && !run.isOn(shelf);
    boolean begun = run.state == Run.State.WAITING || run.state == Run.State.QUEUED;
    if (run.state == Run.State.LATER || gone || (more && begun)) {
      prepare(run);
    }
  }

  private void queue(Run run, String owner) {
    if (run.awaited) {
      queue.addFirst(owner, run, run.cost());
    } else {
      queue.add(owner, run, run.cost());
    }
    notifyAll();
  }

  /** Finds out what a run lacks, and has it computed if that is nothing. */
  private void prepare(Run run) {
    forgetMissing(run);
    run.release();
    if (run.isOn(shelf)) {
      run.state = Run.State.DONE;
      return;
    }
    new LinkedHashSet<>(run.request().images()).forEach(image -> have(run, image));
    if (run.missing.isEmpty()) {
      ready(run);
    } else {
      run.state = Run.State.WAITING;
    }
  }

  private void have(Run run, String image) {
    if (!run.spare(image, shelf)) {
      run.missing.add(image);
      waiting.computeIfAbsent(image, absent -> new HashSet<>()).add(run);
    }
  }

  private void ready(Run run) {
    run.state = Run.State.QUEUED;
    run.owners.forEach(owner -> queue(run, owner));
  }

  /** What is answered when the shelf is full. */
  static Refused full(Shelf.Full why) {
    String words = String.valueOf(why.getMessage());
    return why.isPassing()
        ? Refused.busy(words, NO_ROOM_SECONDS)
        : Refused.because(Refusal.NO_ROOM, words);
  }

  /** How much an image is needed. */
  synchronized Shelf.Need need(String image) {
    return waiting.getOrDefault(image, Set.of()).stream()
        .map(Run::need)
        .max(Comparator.naturalOrder())
        .orElse(Shelf.Need.LATER);
  }

  /** An image is on the shelf now. */
  synchronized void arrived(String image) {
    Set<Run> lacking = waiting.remove(image);
    for (Run run : lacking == null ? Set.<Run>of() : lacking) {
      run.jobs.forEach(job -> job.asked = System.nanoTime()); // over a slow link, images take long
      run.missing.remove(image);
      have(run, image);
      if (run.missing.isEmpty() && run.state == Run.State.WAITING) {
        ready(run);
      }
    }
  }

  /**
   * How far a job is.
   *
   * @throws Refused if there is none of that name
   */
  synchronized JobState state(String id) throws Refused {
    Job job = job(id);
    return job.state(shelf, job.runsToTell());
  }

  private Job job(String id) throws Refused {
    Job job = jobs.get(id);
    if (job == null) {
      throw Refused.unknown("no job of that name, or not any more; ask for it again");
    }
    job.asked = System.nanoTime();
    return job;
  }

  /**
   * Opens a shard, waiting for it.
   *
   * @param patience how long, in nanoseconds
   * @return empty if it is not ready yet
   * @throws Refused if there is none, or will not be any
   */
  Optional<Shelf.Held> shard(String owner, String id, int number, long patience)
      throws Refused, InterruptedException {
    long until = System.nanoTime() + patience;
    while (true) {
      Job.Part part = part(owner, id, number);
      Optional<Shelf.Held> held = shelf.open(part.slice().name());
      if (held.isPresent() || !await(owner, id, part, until)) {
        return held;
      }
    }
  }

  private synchronized Job.Part part(String owner, String id, int number) throws Refused {
    Job job = job(id);
    if (number >= job.parts.size()) {
      throw Refused.unknown("the job has %d shards, from 0 on".formatted(job.parts.size()));
    }
    requireHealthy(job);
    job.goOn(number);
    want(job, owner);
    return job.parts.get(number);
  }

  private static void requireHealthy(Job job) throws Refused {
    if (job.failed.isPresent()) {
      throw Refused.because(job.failed.get().status(), job.failed.get().why());
    }
  }

  /** Waits until a shard may be there; false if the time is over. */
  private synchronized boolean await(String owner, String id, Job.Part part, long until)
      throws Refused, InterruptedException {
    Job job = job(id);
    job.waiters++;
    boolean lacked = part.run().state == Run.State.WAITING;
    try {
      while (!shelf.has(part.slice().name())) {
        requireHealthy(job);
        if (part.run().state == Run.State.DONE) {
          want(part.run(), owner, true); // it was there, and had to make room
        }
        if (!lacked && part.run().state == Run.State.WAITING) {
          return false; // images have gone: its edge is to hear of that
        }
        long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
        if (left <= 0 || ended) {
          return false;
        }
        wait(left);
        job.asked = System.nanoTime();
      }
      return true;
    } finally {
      job.waiters--;
    }
  }

  /** A shard has been fetched to its end: what comes after it is needed next. */
  synchronized void fetched(String owner, String id, int number) {
    Job job = jobs.get(id);
    if (job != null) {
      job.fetched(number);
      want(job, owner);
      notifyAll();
    }
  }

  /**
   * Has the features of one image computed, before all else of its owner.
   *
   * @param patience how long to wait, in nanoseconds
   * @return empty if they are not ready by then
   */
  Optional<Shelf.Held> features(String owner, FeatureRequest request, long patience)
      throws Refused, InterruptedException {
    Job job;
    synchronized (this) {
      job = job(owner, request, false);
      job.waiters++;
    }
    try {
      return shard(owner, job.id(), 0, patience);
    } finally {
      synchronized (this) {
        job.waiters--;
        if (!job.kept && job.waiters == 0 && jobs.get(job.id()) == job) {
          drop(job);
        }
      }
    }
  }

  /** How much a run's features are needed. */
  synchronized Shelf.Need need(Run run) {
    return run.need();
  }

  /** Waits for the next run to compute; empty at the end. */
  synchronized Optional<Run> next() throws InterruptedException {
    while (!ended) {
      Optional<Run> run = queue.poll(this::mayRun);
      if (run.isEmpty()) {
        wait(queue.isEmpty() ? 0 : ROOM_MILLIS); // room that an upload gives back is told to nobody
      } else if (run.get().state == Run.State.QUEUED) {
        run.get().state = Run.State.RUNNING;
        return run;
      }
    }
    return Optional.empty();
  }

  /** What is computed ahead takes no room of what is. What need not run any more may always go. */
  private boolean mayRun(String owner, Run run) {
    return run.state != Run.State.QUEUED
        || run.awaited
        || shelf.hasRoom(run.roomBytes(), run.need());
  }

  /** A run could not be computed yet: an image turned out damaged, or there was no room. */
  synchronized void again(Run run) {
    if (run.jobs.isEmpty()) {
      run.state = Run.State.DROPPED;
      forget(run);
    } else {
      prepare(run);
    }
  }

  /** A run has been computed, and its features are on the shelf. */
  synchronized void computed(Run run, double seconds) {
    run.state = Run.State.DONE;
    run.release();
    for (Job job : List.copyOf(run.jobs)) {
      job.spare(run, shelf);
      job.seconds += seconds;
      say(job);
    }
    run.awaited = false;
    if (run.jobs.isEmpty()) {
      forget(run);
    }
    notifyAll();
  }

  private void say(Job job) {
    long now = System.nanoTime();
    int images = job.doneImages();
    if (job.kept && (images == job.images || now - job.said > SAYING_NANOS)) {
      job.said = now;
      log.said(
          "job %s of %s: %d of %d images, %.1f s of computing"
              .formatted(job.shortId(), job.owner, images, job.images, job.seconds));
    }
  }

  /** A run could not be computed: no job that wants it can come to its end. */
  synchronized void failed(Run run, int status, String why) {
    run.release();
    run.state = Run.State.DROPPED;
    for (Job job : List.copyOf(run.jobs)) {
      job.failed = Optional.of(new Job.Failed(status, why));
      log.said("job %s of %s failed: %s".formatted(job.shortId(), job.owner, why));
      leave(job);
    }
    forget(run);
    notifyAll();
  }

  /** Forgets jobs that nobody asks about. */
  synchronized void sweep(long now) {
    for (Job job : List.copyOf(jobs.values())) {
      if (job.waiters == 0 && now - job.asked > limits.forgottenNanos()) {
        if (!job.isFetched() && job.failed.isEmpty()) {
          log.said("job %s of %s: nobody asks for it".formatted(job.shortId(), job.owner));
        }
        drop(job);
      }
    }
  }

  private void drop(Job job) {
    jobs.remove(job.id());
    leave(job);
  }

  /** A job wants no runs any more. */
  private void leave(Job job) {
    job.release();
    notifyAll();
    for (Run run : job.runs) {
      run.jobs.remove(job);
      if (run.jobs.isEmpty() && run.state != Run.State.RUNNING) {
        run.state = Run.State.DROPPED;
        forget(run);
      }
    }
  }

  private void forget(Run run) {
    run.release();
    runs.remove(run.key(), run);
    forgetMissing(run);
  }

  private void forgetMissing(Run run) {
    for (String image : run.missing) {
      waiting.computeIfPresent(
          image,
          (name, lacking) -> {
            lacking.remove(run);
            return lacking.isEmpty() ? null : lacking;
          });
    }
    run.missing.clear();
  }

  /** Whether nothing is computed, or waits to be. */
  synchronized boolean idle() {
    return runs.values().stream()
        .noneMatch(run -> run.state == Run.State.QUEUED || run.state == Run.State.RUNNING);
  }

  /** From now on nothing is computed, and nobody waits. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }
}
