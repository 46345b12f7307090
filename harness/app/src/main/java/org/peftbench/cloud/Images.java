package org.peftbench.cloud;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
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
   * @return whether it was not there before
   * @throws Refused if it is not that image, too large, or there is no room for it
   */
  boolean take(Call call, String sha256) throws IOException, Refused {
    Shelf.Name name = Shelf.Name.image(sha256);
    Optional<Shelf.Held> there = shelf.open(name);
    if (there.isPresent()) {
      there.get().close();
      MessageDigest digest = digest();
      call.body(mostBytes, (piece, length) -> digest.update(piece, 0, length));
      requireSame(digest, sha256);
      return false;
    }
    long bytes = Math.min(call.length().orElse(mostBytes), mostBytes);
    try (Shelf.Reservation room = shelf.reserve(bytes)) {
      requireSame(write(call, room), sha256);
      check(room);
      room.keep(name, sha256);
    } catch (Shelf.Full e) {
      throw Refused.because(Refused.NO_ROOM, String.valueOf(e.getMessage()));
    }
    jobs.arrived(sha256);
    return true;
  }

  private static void requireSame(MessageDigest digest, String sha256) throws Refused {
    String found = HexFormat.of().formatHex(digest.digest());
    if (!found.equals(sha256)) {
      throw Refused.differs(
          Refused.MALFORMED, "the body is not the image of that name", found, sha256);
    }
  }

  private MessageDigest write(Call call, Shelf.Reservation room) throws IOException, Refused {
    MessageDigest digest = digest();
    OutputStream out;
    try {
      out = Files.newOutputStream(room.file(), StandardOpenOption.CREATE_NEW);
    } catch (IOException e) {
      throw notWritten(room, e);
    }
    IOException[] trouble = {null};
    try (out) {
      call.body(
          mostBytes,
          (piece, length) -> {
            digest.update(piece, 0, length);
            try {
              out.write(piece, 0, length);
            } catch (IOException e) {
              trouble[0] = e;
              throw e;
            }
          });
    } catch (IOException e) {
      if (trouble[0] == e) {
        throw notWritten(room, e);
      }
      throw e; // the client's connection
    }
    return digest;
  }

  private static Refused notWritten(Shelf.Reservation room, IOException e) {
    return Refused.because(
        Refused.NO_ROOM, room + ": the image cannot be written: " + e.getMessage());
  }

  private static void check(Shelf.Reservation room) throws Refused {
    try {
      ImageProbe probe =
          ImageProbe.of(room.file())
              .orElseThrow(
                  () -> Refused.because(Refused.NOT_AN_IMAGE, "not a JPEG, PNG or WebP image"));
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

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
