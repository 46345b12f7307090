package org.peftbench.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.peftbench.Printable;
import org.peftbench.WrongInputException;

/** A NumPy archive: a zip of .npy arrays, stored or deflated. */
public final class NpzFile implements TensorFile {

  static final String PICKLE =
      "is a PyTorch pickle, which could run any code when loaded; save it as safetensors";

  private static final int MAX_ENTRIES = 100_000;
  private static final String SUFFIX = ".npy";

  /** No deflated byte stands for more; an entry that claims to is a lie. */
  private static final long MAX_RATIO = 1032;

  private final Path path;
  private final ZipFile zip;
  private final SortedMap<String, TensorInfo> tensors;

  private NpzFile(Path path, ZipFile zip, SortedMap<String, TensorInfo> tensors) {
    this.path = path;
    this.zip = zip;
    this.tensors = Collections.unmodifiableSortedMap(tensors);
  }

  /**
   * Opens an archive and checks every array's header.
   *
   * @throws WrongInputException if it cannot be read or a header is wrong
   */
  public static NpzFile open(Path path) {
    try {
      ZipDirectory.requireSmall(path);
      ZipFile zip = new ZipFile(path.toFile());
      try {
        return new NpzFile(path, zip, headers(path, zip));
      } catch (IOException | RuntimeException e) {
        zip.close();
        throw e;
      }
    } catch (IOException e) {
      throw new WrongInputException(
          path + ": not a readable npz archive, or cut short: " + e.getMessage(), e);
    }
  }

  private static SortedMap<String, TensorInfo> headers(Path path, ZipFile zip) throws IOException {
    if (zip.size() > MAX_ENTRIES) {
      throw new WrongInputException(
          path + ": has " + zip.size() + " entries, more than " + MAX_ENTRIES);
    }
    SortedMap<String, TensorInfo> tensors = new TreeMap<>();
    for (ZipEntry entry : Collections.list(zip.entries())) {
      String file = entry.getName();
      if (!Printable.is(file, SafetensorsHeader.LONGEST_NAME)) {
        String shown = Printable.line(file, SafetensorsHeader.LONGEST_NAME);
        throw new WrongInputException(path + ": '" + shown + "' is no entry's name");
      }
      if (file.endsWith("data.pkl")) {
        throw new WrongInputException(path + ": " + PICKLE);
      }
      if (!file.endsWith(SUFFIX)) {
        throw new WrongInputException(path + ": entry '" + file + "' is not a .npy array");
      }
      String name = file.substring(0, file.length() - SUFFIX.length());
      if (tensors.put(name, header(path, zip, entry)) != null) {
        throw new WrongInputException(path + ": has tensor '" + name + "' twice");
      }
    }
    return tensors;
  }

  private static TensorInfo header(Path path, ZipFile zip, ZipEntry entry) throws IOException {
    String where = path + ": entry '" + entry.getName() + "' ";
    try (InputStream in = zip.getInputStream(entry)) {
      NpyHeader header = NpyHeader.read(in);
      long expected = Math.addExact(header.headerBytes(), header.info().byteCount());
      if (entry.getSize() != expected) {
        throw new WrongInputException(
            where
                + "has %s bytes, but its header and shape %s take %s"
                    .formatted(entry.getSize(), header.info().shape(), expected));
      }
      if (expected / MAX_RATIO > entry.getCompressedSize()) {
        throw new WrongInputException(
            where
                + "claims that %s compressed bytes hold %s; a zip bomb"
                    .formatted(entry.getCompressedSize(), expected));
      }
      return header.info();
    } catch (NpyHeader.Malformed e) {
      throw new WrongInputException(
          where + Printable.line(String.valueOf(e.getMessage()), SafetensorsHeader.LONGEST_NAME),
          e);
    } catch (ArithmeticException e) {
      throw new WrongInputException(where + "is too large", e);
    } catch (IOException e) {
      throw new WrongInputException(where + "cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public SortedMap<String, TensorInfo> tensors() {
    return tensors;
  }

  @Override
  public void read(String name, FloatBuffer target) {
    TensorReader reader = TensorReader.of(path, name, tensors.get(name));
    try (CheckedInputStream in = streamAt(name)) {
      reader.floats(in, target);
      requireEnd(reader, in);
    } catch (IOException e) {
      throw reader.wrong("cannot be read: " + e.getMessage());
    }
  }

  @Override
  public long[] readLongs(String name) {
    TensorReader reader = TensorReader.of(path, name, tensors.get(name));
    try (CheckedInputStream in = streamAt(name)) {
      long[] values = reader.longs(in);
      requireEnd(reader, in);
      return values;
    } catch (IOException e) {
      throw reader.wrong("cannot be read: " + e.getMessage());
    }
  }

  private CheckedInputStream streamAt(String name) throws IOException {
    CheckedInputStream in =
        new CheckedInputStream(zip.getInputStream(zip.getEntry(name + SUFFIX)), new CRC32());
    try {
      NpyHeader.read(in);
      return in;
    } catch (NpyHeader.Malformed e) {
      in.close();
      throw new IOException("the file changed while open: " + e.getMessage(), e);
    }
  }

  /** The archive's directory states size and checksum, but only reading shows them. */
  private void requireEnd(TensorReader reader, CheckedInputStream in) throws IOException {
    if (in.read() >= 0) {
      throw reader.wrong("inflates to more bytes than its shape takes; a zip bomb");
    }
    if (in.getChecksum().getValue() != zip.getEntry(reader.name() + SUFFIX).getCrc()) {
      throw reader.wrong("is damaged: its checksum is not the one stored with it");
    }
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      throw new WrongInputException(path + ": cannot be closed: " + e.getMessage(), e);
    }
  }
}
