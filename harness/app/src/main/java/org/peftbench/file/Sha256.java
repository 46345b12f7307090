package org.peftbench.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.peftbench.WrongInputException;

/** Hashes with SHA-256, into lower-case hex. */
public final class Sha256 {

  private static final int PIECE_BYTES = 1 << 20;

  private Sha256() {}

  /**
   * The hash of a file's content.
   *
   * @throws WrongInputException if the file cannot be read
   */
  public static String of(Path path) {
    try (InputStream in = Files.newInputStream(path)) {
      MessageDigest digest = digest();
      byte[] piece = new byte[PIECE_BYTES];
      for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
        digest.update(piece, 0, length);
      }
      return hex(digest);
    } catch (IOException e) {
      throw new WrongInputException(path + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /** The hash of bytes. */
  public static String of(byte[] bytes) {
    return over(digest -> digest.update(bytes));
  }

  /** The hash of what comes in pieces: everything that the digest is told. */
  public static String over(Consumer<MessageDigest> pieces) {
    MessageDigest digest = digest();
    pieces.accept(digest);
    return hex(digest);
  }

  /** The hash of all that a digest was told. */
  public static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Begins a hash, for what comes when it comes; {@link #hex} ends it. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
