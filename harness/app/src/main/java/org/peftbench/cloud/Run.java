package org.peftbench.cloud;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.peftbench.file.Sha256;
import org.peftbench.model.ViTConfig;
import org.peftbench.wire.FeatureRequest;

/** A run of the backbone that some jobs want, under the hash of everything its features are of. */
final class Run {

  /** How far it is. */
  enum State {
    /** Nobody needs it yet. */
    LATER,
    /** Images are missing. */
    WAITING,
    /** It can be computed. */
    QUEUED,
    RUNNING,
    /** Its features are on the shelf, or were. */
    DONE,
    /** Nobody wants it any more. */
    DROPPED
  }

  /**
   * A file of its features.
   *
   * @param roomBytes a little more than it has
   */
  record Slice(Shelf.Name name, int images, long roomBytes) {}

  /** What is hashed changes with what a shard's file is like. */
  private static final String LAYOUT = "1";

  private final FeatureRequest request;
  private final ViTConfig config;
  private final String key;
  private final List<Slice> slices = new ArrayList<>();
  private final List<Runnable> spared = new ArrayList<>();
  final Set<String> missing = new LinkedHashSet<>();
  final Set<Job> jobs = new LinkedHashSet<>();
  final Set<String> owners = new HashSet<>();
  State state = State.LATER;

  /** Whether it is what some job needs next, and not only computed ahead. */
  boolean awaited;

  /**
   * Makes a run.
   *
   * @param request its images as one batch
   */
  Run(FeatureRequest request, ViTConfig config) {
    this.request = request;
    this.config = config;
    this.key = request.id();
  }

  /** Adds its next file. */
  Slice slice(int images) {
    int first = slices.stream().mapToInt(Slice::images).sum();
    String text = "%s %s %d %d".formatted(LAYOUT, key, first, images);
    String hash = Sha256.of(text.getBytes(StandardCharsets.US_ASCII));
    long bytes = images * request.imageBytes(config) + 1024 + 256L * request.taps().size();
    Slice slice = new Slice(Shelf.Name.shard(hash), images, bytes);
    slices.add(slice);
    return slice;
  }

  FeatureRequest request() {
    return request;
  }

  /** Equal for runs that give the same features in the same files. */
  String key() {
    return key + slices.size();
  }

  List<Slice> slices() {
    return slices;
  }

  int cost() {
    return request.images().size();
  }

  /** Of all its files. */
  long roomBytes() {
    return slices.stream().mapToLong(Slice::roomBytes).sum();
  }

  /** Whether the shelf has all that a job still needs of it. */
  boolean isOn(Shelf shelf) {
    return slices.stream()
        .filter(slice -> jobs.stream().anyMatch(job -> job.needs(slice)))
        .allMatch(slice -> shelf.has(slice.name()));
  }

  /** Has the shelf spare an image of it; false if it is not there. */
  boolean spare(String image, Shelf shelf) {
    Optional<Runnable> unspare = shelf.spare(Shelf.Name.image(image), need());
    unspare.ifPresent(spared::add);
    return unspare.isPresent();
  }

  Shelf.Need need() {
    return awaited ? Shelf.Need.NOW : Shelf.Need.LATER;
  }

  /** Its images need not be spared any more. */
  void release() {
    spared.forEach(Runnable::run);
    spared.clear();
  }
}
