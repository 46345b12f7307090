package org.peftbench.cloud;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import org.peftbench.file.Sha256;
import org.peftbench.wire.Refusal;

/** Puts the body of a request into a file, and says when it is the disk that fails. */
final class Saved {

  private Saved() {}

  /**
   * Reads a body.
   *
   * @param room gets it
   * @return its SHA-256
   * @throws Refused if it has more bytes than it may, or cannot be written
   */
  static String body(Call call, Shelf.Reservation room, long most) throws IOException, Refused {
    MessageDigest digest = Sha256.digest();
    OutputStream out;
    try {
      out = Files.newOutputStream(room.file(), StandardOpenOption.CREATE_NEW);
    } catch (IOException e) {
      throw notWritten(room, e);
    }
    IOException[] trouble = {null};
    try (out) {
      call.body(
          most,
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
    return Sha256.hex(digest);
  }

  private static Refused notWritten(Shelf.Reservation room, IOException e) {
    return Refused.because(Refusal.NO_ROOM, room + " cannot be written: " + e.getMessage());
  }
}
