package org.peftbench.task;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.peftbench.WrongInputException;
import org.peftbench.image.ImageDecoder;

/** One list of a task's folder, read and checked; an image is a clip of one frame. */
final class ImageList {

  private final ListName name;
  private final Path file;
  private final byte[] bytes;
  private final List<LabelledClip> clips;
  private final boolean ofClips;
  private final int[] lineNumbers;

  private Optional<NavigableSet<String>> libraries = Optional.empty();

  /**
   * A list.
   *
   * @param ofClips whether its lines are clips, be it of one frame
   * @param lineNumbers of each clip
   */
  ImageList(
      ListName name,
      Path file,
      byte[] bytes,
      List<LabelledClip> clips,
      boolean ofClips,
      int[] lineNumbers) {
    this.name = name;
    this.file = file;
    this.bytes = bytes;
    this.clips = List.copyOf(clips);
    this.ofClips = ofClips;
    this.lineNumbers = lineNumbers;
  }

  ListName name() {
    return name;
  }

  /** The number of a clip's line, from 1. */
  int line(int clip) {
    return lineNumbers[clip];
  }

  List<LabelledClip> clips() {
    return clips;
  }

  /** Whether its lines are clips, be it of one frame. */
  boolean ofClips() {
    return ofClips;
  }

  /**
   * Looks at the labels and at both ends of every image file, on all processors, once.
   *
   * @return names and versions of the libraries that the pixels depend on
   */
  synchronized NavigableSet<String> check() {
    if (libraries.isEmpty()) {
      requireClasses();
      Queue<String> found = new ConcurrentLinkedQueue<>();
      List<String> broken =
          IntStream.range(0, clips.size())
              .parallel()
              .mapToObj(index -> problem(index, found))
              .flatMap(Optional::stream)
              .toList();
      if (!broken.isEmpty()) {
        throw WrongInputException.firstOf(broken);
      }
      libraries = Optional.of(new TreeSet<>(found));
    }
    return libraries.get();
  }

  private void requireClasses() {
    if (name.isForTraining()
        && clips.stream().mapToInt(LabelledClip::label).distinct().count() < 2) {
      throw new WrongInputException(
          "'%s' has one class: every label is %d; expected at least two classes"
              .formatted(file, clips.get(0).label()));
    }
  }

  private Optional<String> problem(int index, Queue<String> found) {
    try {
      for (Path frame : clips.get(index).frames()) {
        ImageDecoder.check(frame).ifPresent(found::add);
      }
      return Optional.empty();
    } catch (WrongInputException e) {
      return Optional.of("'%s' line %d: %s".formatted(file, lineNumbers[index], e.getMessage()));
    }
  }

  /**
   * Adds the list's name, its bytes, the size of every image file, of clips how many frames are
   * used, and what the pixels depend on.
   */
  void digestInto(MessageDigest digest, int frames) {
    if (ofClips) {
      digest.update(longBytes(frames));
    }
    digest.update(name.fileName().getBytes(StandardCharsets.US_ASCII));
    digest.update(longBytes(bytes.length));
    digest.update(bytes);
    for (LabelledClip clip : clips) {
      if (ofClips) {
        digest.update(longBytes(clip.frames().size()));
      }
      clip.frames().forEach(image -> digestSize(digest, image));
    }
    check().forEach(library -> digest.update(library.getBytes(StandardCharsets.UTF_8)));
  }

  /** A list does not name the frames of its clips, whose order is theirs. */
  private void digestSize(MessageDigest digest, Path image) {
    try {
      if (ofClips) {
        digest.update(String.valueOf(image.getFileName()).getBytes(StandardCharsets.UTF_8));
      }
      digest.update(longBytes(Files.size(image)));
    } catch (IOException e) {
      throw new WrongInputException("cannot read the size of '" + image + "'", e);
    }
  }

  private static byte[] longBytes(long value) {
    return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
  }
}
