package org.peftbench.cloud;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.Optional;
import org.peftbench.file.Sha256;
import org.peftbench.image.ImageProbe;

/** Takes image files that are sent, and puts on the shelf what is what it should be. */
final class Images {

  /** A larger image would take too much memory of the process that decodes many. */
  private static final long MOST_PIXELS = 32_000_000;

  private final Shelf shelf;
  private final Jobs jobs;
  private final long mostBytes;

  Images(Shelf shelf, Jobs jobs, long mostBytes) {
    this.shelf = shelf;
    this.jobs = jobs;
    this.mostBytes = mostBytes;
  }

  /**
   * Reads a request's body as an image.
   *
   * @param need of it
   * @return whether it was not there before
   * @throws Refused if it is not that image, too large, or there is no room for it
   */
  boolean take(Call call, String sha256, Shelf.Need need) throws IOException, Refused {
    Shelf.Name name = Shelf.Name.image(sha256);
    Optional<Shelf.Held> there = shelf.open(name);
    if (there.isPresent()) {
      there.get().close();
      MessageDigest digest = Sha256.digest();
      call.body(mostBytes, (piece, length) -> digest.update(piece, 0, length));
      requireSame(Sha256.hex(digest), sha256);
      return false;
    }
    long bytes = Math.min(call.length().orElse(mostBytes), mostBytes);
    try (Shelf.Reservation room = shelf.reserve(bytes, need)) {
      requireSame(Saved.body(call, room, mostBytes), sha256);
      check(room);
      room.keep(name, sha256);
    } catch (Shelf.Full e) {
      throw Jobs.full(e);
    }
    jobs.arrived(sha256);
    return true;
  }

  private static void requireSame(String found, String sha256) throws Refused {
    if (!found.equals(sha256)) {
      throw Refused.differs(
          Refused.MALFORMED, "the body is not the image of that name", found, sha256);
    }
  }

  private static void check(Shelf.Reservation room) throws Refused {
    try {
      ImageProbe probe =
          ImageProbe.of(room.file())
              .orElseThrow(
                  () -> Refused.because(Refused.NOT_AN_IMAGE, "not an image of a known format"));
      if (probe.pixels() > MOST_PIXELS || probe.pixels() < 1) {
        throw Refused.differs(
            Refused.MALFORMED,
            "the image has too many pixels",
            probe.width() + " x " + probe.height(),
            "at most " + MOST_PIXELS);
      }
    } catch (IOException e) {
      throw Refused.because(Refused.MALFORMED, String.valueOf(e.getMessage()));
    }
  }
}
