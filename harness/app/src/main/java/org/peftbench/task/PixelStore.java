package org.peftbench.task;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import org.peftbench.file.Sha256;
import org.peftbench.file.WholeFile;

/**
 * A bounded folder of decoded images, for all cells that need the same. A file has those of a list,
 * under what tells the bytes of all image files, and how they are resized.
 */
public final class PixelStore {

  /** Of a file, and of this program's decoders and resampling; others are never found. */
  private static final int LAYOUT = 1;

  private static final String SUFFIX = ".pixels";

  /** A run that goes through more than there is room for would else drop each before it is used. */
  private static final Duration UNUSED = Duration.ofDays(1);

  private static final int AT_A_TIME = 64;

  private static final System.Logger LOG = System.getLogger(PixelStore.class.getName());

  private final Path root;
  private final long mostBytes;

  /**
   * A store in a folder, which is made when it is first needed.
   *
   * @param mostBytes of all files together
   */
  public PixelStore(Path root, long mostBytes) {
    this.root = root;
    this.mostBytes = mostBytes;
  }

  /**
   * Opens images that were decoded before, or are now, on all processors.
   *
   * @param done told after some images how many are decoded, if they are
   * @return empty if there is no room for them
   * @throws org.peftbench.WrongInputException if a file cannot be read whole
   */
  public Optional<KeptPixels> open(Pixels.Decoded decoded, IntConsumer done) {
    long bytes = KeptPixels.fileBytes(decoded);
    if (bytes > mostBytes) {
      return Optional.empty();
    }
    Path file = root.resolve(hash(decoded) + SUFFIX);
    try {
      Optional<KeptPixels> before = KeptPixels.open(file, decoded, true);
      if (before.isPresent()) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        return before;
      }
      Files.createDirectories(root);
      if (!makeRoom(bytes)) {
        return Optional.empty();
      }
      WholeFile.keep(file, out -> decode(decoded, out, done));
      return KeptPixels.open(file, decoded, false);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "decoded images are not kept: " + e);
      return Optional.empty();
    }
  }

  private static String hash(Pixels.Decoded pixels) {
    List<String> files = pixels.images().parallelStream().map(PixelStore::content).toList();
    String how = "%d %d %s ".formatted(LAYOUT, pixels.size(), pixels.interpolation());
    return Sha256.of((how + String.join(" ", files)).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * What tells a file's content from another's: its size and two sums of different polynomials, of
   * 64 bits together. SHA-256 would take as long as to decode a small image.
   */
  private static String content(LabelledImage image) {
    CRC32 one = new CRC32();
    CRC32C other = new CRC32C();
    try (InputStream file = Files.newInputStream(image.file());
        InputStream in = new CheckedInputStream(new CheckedInputStream(file, one), other)) {
      long bytes = in.transferTo(OutputStream.nullOutputStream());
      return bytes + "-" + one.getValue() + "-" + other.getValue();
    } catch (IOException e) {
      return "unreadable"; // whoever decodes it says so
    }
  }

  private static void decode(Pixels pixels, OutputStream out, IntConsumer done) throws IOException {
    long began = System.nanoTime();
    int count = pixels.images().size();
    ByteBuffer tail = ByteBuffer.allocate(KeptPixels.tailBytes(count));
    for (int from = 0; from < count; from += AT_A_TIME) {
      int to = Math.min(count, from + AT_A_TIME);
      List<byte[]> some = IntStream.range(from, to).parallel().mapToObj(pixels::of).toList();
      for (byte[] image : some) {
        out.write(image);
        tail.putInt(KeptPixels.sum(image));
      }
      done.accept(to);
    }
    out.write(tail.putDouble((System.nanoTime() - began) / 1e9).array());
  }

  /** A file with the time when it was used last. */
  private record Before(Path file, Instant used, long bytes) {

    /** Another process may delete it meanwhile: then it has none. */
    static Before of(Path file) {
      File found = file.toFile();
      return new Before(file, Instant.ofEpochMilli(found.lastModified()), found.length());
    }
  }

  /** Whether there is room, for which what nobody has used for long is deleted. */
  private boolean makeRoom(long bytes) throws IOException {
    List<Before> files = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(root, "*" + SUFFIX)) {
      all.forEach(file -> files.add(Before.of(file)));
    }
    files.sort(Comparator.comparing(Before::used));
    long room = mostBytes - files.stream().mapToLong(Before::bytes).sum();
    Instant longAgo = Instant.now().minus(UNUSED);
    for (Before each : files) {
      if (room < bytes && each.used().isBefore(longAgo)) {
        room += each.bytes();
        Files.deleteIfExists(each.file());
      }
    }
    return room >= bytes && Files.getFileStore(root).getUsableSpace() / 2 >= bytes;
  }
}
