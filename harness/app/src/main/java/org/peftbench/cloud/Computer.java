package org.peftbench.cloud;

import java.nio.file.Path;
import java.util.List;
import org.peftbench.model.Tap;
import org.peftbench.wire.FeatureType;

/** Runs a backbone; asked by one thread. */
public interface Computer {

  /**
   * A run of the backbone.
   *
   * @param images files, of which some may be the same
   * @param taps what is wanted of each
   * @param type how it is written
   * @param pieces the files that get it, which are not there yet
   */
  record Batch(List<Path> images, List<Tap> taps, FeatureType type, List<Piece> pieces) {

    /** Copies the lists. */
    public Batch {
      images = List.copyOf(images);
      taps = List.copyOf(taps);
      pieces = List.copyOf(pieces);
    }
  }

  /**
   * A safetensors file.
   *
   * @param file its path
   * @param images how many of the batch's it gets, after those of the pieces before it
   */
  record Piece(Path file, int images) {}

  /** Features could not be computed; the message says why in one line. */
  final class NotComputed extends Exception {
    private static final long serialVersionUID = 1L;

    /** One line. */
    public NotComputed(String message) {
      super(message);
    }

    /** One line, and what brought it about. */
    public NotComputed(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * Runs the backbone once and writes the files.
   *
   * @return seconds that it took
   * @throws NotComputed if it could not; another batch may do better
   * @throws InterruptedException if this program was told to end meanwhile
   */
  double compute(Batch batch) throws NotComputed, InterruptedException;
}
