package org.peftbench.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Files that are written and read whole, or not at all. */
public final class WholeFile {

  /** What a file is to hold. */
  public interface Content {
    /** Writes it, from first byte to last. */
    void writeTo(OutputStream out) throws IOException;
  }

  private WholeFile() {}

  /**
   * Writes a file in place of an older one, under a hidden name until all is on disk, so that it
   * survives a crash. If writing fails, the older one is as it was and nothing else is left.
   */
  public static void write(Path file, Content content) throws IOException {
    write(file, content, true);
  }

  /**
   * Writes a file as {@link #write(Path, Content)} does, without waiting for the disk: for what can
   * be made anew, and is looked at when it is read.
   */
  public static void keep(Path file, Content content) throws IOException {
    write(file, content, false);
  }

  private static void write(Path file, Content content, boolean survives) throws IOException {
    Leftovers.clearOf(file);
    try (Hidden hidden = Hidden.of(file)) {
      content.writeTo(Channels.newOutputStream(hidden.channel()));
      if (survives) {
        hidden.channel().force(true);
        publish(hidden.path(), file);
      } else {
        Files.move(hidden.path(), file, StandardCopyOption.ATOMIC_MOVE);
      }
    }
  }

  /** Proves that a folder takes files, and leaves nothing. */
  public static void prove(Path folder) throws IOException {
    try (Hidden hidden = Hidden.of(folder.resolve("writable"))) {
      hidden.channel().write(ByteBuffer.wrap(new byte[] {1}));
    }
  }

  /** Gives a file that is on disk its name in the same folder, in place of an older file's. */
  public static void publish(Path written, Path name) throws IOException {
    Files.move(written, name, StandardCopyOption.ATOMIC_MOVE);
    Path folder = name.toAbsolutePath().getParent();
    try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
      names.force(true); // the new name is not on disk before its folder is
    }
  }

  /** Reads a file; empty if it has more bytes than it may, however many. */
  public static Optional<byte[]> read(Path file, int mostBytes) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(mostBytes + 1);
      return bytes.length > mostBytes ? Optional.empty() : Optional.of(bytes);
    }
  }

  /** A file that has not its name yet, and whose lock says that this process writes it. */
  private record Hidden(Path path, FileChannel channel) implements AutoCloseable {

    private static final AtomicLong COUNT = new AtomicLong();

    static Hidden of(Path file) throws IOException {
      while (true) {
        Path path = Leftovers.hidden(file, COUNT.getAndIncrement());
        FileChannel channel =
            FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        if (lock(channel) && Files.exists(path)) {
          return new Hidden(path, channel);
        } // else another process took it for a leftover, before it had its lock
        channel.close();
      }
    }

    /** A file system without locks has files all the same. */
    private static boolean lock(FileChannel channel) {
      try {
        return FolderLock.tryLock(channel).isPresent();
      } catch (IOException e) {
        return true;
      }
    }

    @Override
    public void close() throws IOException {
      try {
        Files.deleteIfExists(path); // it is not there if it has its name
      } finally {
        channel.close();
      }
    }
  }
}
