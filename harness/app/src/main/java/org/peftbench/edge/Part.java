package org.peftbench.edge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.peftbench.file.Sha256;
import org.peftbench.file.WholeFile;

/**
 * What has come of a file so far, under a name that says what all of it will be: {@code
 * NAME.SHA256.part}. It outlives this process.
 */
final class Part implements AutoCloseable {

  private static final Pattern NAME = Pattern.compile(".*\\.([0-9a-f]{64})\\.part");

  private final Path file;
  private @Nullable Path path;
  private @Nullable String sha256;
  private @Nullable FileChannel channel;
  private final AtomicLong bytes = new AtomicLong();
  private long expected;

  private Part(Path file) {
    this.file = file;
  }

  /** Finds what an earlier process left of a file. */
  static Part of(Path file) {
    Part part = new Part(file);
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(
            file.toAbsolutePath().getParent(), file.getFileName() + ".*.part")) {
      for (Path one : found) {
        Matcher name = NAME.matcher(String.valueOf(one.getFileName()));
        if (part.path == null && name.matches()) {
          part.open(one, name.group(1));
        } else {
          Files.delete(one);
        }
      }
      return part;
    } catch (IOException e) {
      throw part.refused(e);
    }
  }

  private void open(Path found, String hash) throws IOException {
    channel = FileChannel.open(found, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    bytes.set(channel.size());
    channel.position(bytes.get());
    path = found;
    sha256 = hash;
  }

  /** Bytes that are there. */
  long bytes() {
    return bytes.get();
  }

  /** What all of it will be; empty if nothing has come yet. */
  Optional<String> sha256() {
    return Optional.ofNullable(sha256);
  }

  /** Hears how many bytes it will have. */
  void expect(long total) {
    expected = total;
  }

  /** Begins a file of which nothing is there. */
  void begin(String hash) {
    try {
      open(file.resolveSibling(file.getFileName() + "." + hash + ".part"), hash);
    } catch (IOException e) {
      throw refused(e);
    }
  }

  /** Takes the next bytes. */
  void append(ByteBuffer piece) {
    if (channel == null || bytes.get() + piece.remaining() > expected) {
      throw new CloudException(
          "more than the %,d bytes come that were announced of %s"
              .formatted(expected, file.getFileName()));
    }
    try {
      while (piece.hasRemaining()) {
        bytes.addAndGet(channel.write(piece));
      }
    } catch (IOException e) {
      throw refused(e);
    }
  }

  /** Whether it is what it was to be. */
  boolean isRight() {
    return path != null && bytes.get() > 0 && Sha256.of(path).equals(sha256);
  }

  /** Where it is. */
  Path path() {
    if (path == null) {
      throw new IllegalStateException("nothing of " + file + " is there");
    }
    return path;
  }

  /** Gives the file its name, once it is on disk. */
  void publish() {
    try {
      if (channel != null) {
        channel.force(true);
      }
      close();
      WholeFile.publish(path(), file);
    } catch (IOException e) {
      throw refused(e);
    }
  }

  /** Deletes what is there. */
  void discard() {
    try {
      close();
      if (path != null) {
        Files.deleteIfExists(path);
      }
      path = null;
      sha256 = null;
      bytes.set(0);
    } catch (IOException e) {
      throw refused(e);
    }
  }

  /** A full disk is no broken connection. */
  private CloudException refused(IOException e) {
    return new CloudException(
        "%s cannot be written: %s (%,d of %,d bytes are)"
            .formatted(file, Words.of(e), bytes.get(), Math.max(bytes.get(), expected)),
        e);
  }

  @Override
  public void close() {
    try {
      if (channel != null) {
        channel.close();
        channel = null;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
