package org.peftbench.result;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.peftbench.WrongInputException;
import org.peftbench.cell.Cell;
import org.peftbench.file.FileTrouble;
import org.peftbench.file.FolderLock;
import org.peftbench.file.WholeFile;

/**
 * A flat folder with one JSON file a finished cell, named after the cell.
 *
 * <p>Every {@code *.json} file in it must be a record; other names, hidden files and sub-folders
 * are not looked at. All failures are {@link WrongInputException}s that name the file.
 */
public final class RecordFolder {

  private static final String SUFFIX = ".json";
  private static final int MOST_BYTES = 16 << 20;

  private final Path folder;

  private RecordFolder(Path folder) {
    this.folder = folder;
  }

  /** The folder for writing; makes it where it is missing, and proves that it can be written. */
  public static RecordFolder create(Path folder) {
    try {
      Files.createDirectories(folder);
      Path proof = folder.resolve(".writable." + ProcessHandle.current().pid());
      Files.write(proof, new byte[] {1});
      Files.delete(proof);
    } catch (IOException e) {
      throw FileTrouble.wrong(folder, "cannot be written", e);
    }
    return new RecordFolder(folder);
  }

  /** The folder for reading; it must exist. */
  public static RecordFolder open(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new WrongInputException(folder + ": no such folder; expected a folder of records");
    }
    return new RecordFolder(folder);
  }

  /**
   * A cell's readable name and hash: {@code lora-rank=8__cifar100__seed0__0123456789ab}. Equal
   * cells have equal identities, on every machine.
   */
  public static String identity(Cell cell) {
    return Identity.of(cell);
  }

  /** The name of the file that holds a cell's record. */
  public static String fileName(Cell cell) {
    return identity(cell) + SUFFIX;
  }

  /** Keeps other runs out until closed, or until this process ends. */
  public FolderLock lock() {
    return FolderLock.take(folder);
  }

  /** Writes the record whole or not at all, in place of an older one; it survives a crash. */
  public Path write(CellRecord record) {
    Path file = folder.resolve(fileName(record.cell()));
    try {
      String text = Json.PRETTY.writeValueAsString(record) + "\n";
      WholeFile.write(file, out -> out.write(text.getBytes(UTF_8)));
      return file;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(file.getFileName() + ": " + Json.explain(e), e);
    } catch (IOException e) {
      throw FileTrouble.wrong(file, "cannot be written", e);
    }
  }

  /** The record of a cell, if it has ended. */
  public Optional<CellRecord> find(Cell cell) {
    Path file = folder.resolve(fileName(cell));
    return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
  }

  /** All records, sorted by file name. */
  public List<CellRecord> readAll() {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(RecordFolder::looksLikeRecord)
          .sorted()
          .map(RecordFolder::read)
          .toList();
    } catch (UncheckedIOException e) {
      throw FileTrouble.wrong(folder, "cannot be read", new IOException(e.getMessage(), e));
    } catch (IOException e) {
      throw FileTrouble.wrong(folder, "cannot be read", e);
    }
  }

  private static boolean looksLikeRecord(Path entry) {
    String name = String.valueOf(entry.getFileName());
    return name.endsWith(SUFFIX) && !name.startsWith(".") && !Files.isDirectory(entry);
  }

  private static CellRecord read(Path file) {
    CellRecord record = parse(file, bytes(file));
    String name = fileName(record.cell());
    if (!file.endsWith(name)) {
      throw new WrongInputException(
          file + ": holds the record of another cell; its name would be " + name);
    }
    return record;
  }

  private static byte[] bytes(Path file) {
    if (!Files.isRegularFile(file)) { // a pipe would never end
      throw new WrongInputException(file + ": not a regular file; expected a record");
    }
    try {
      return WholeFile.read(file, MOST_BYTES)
          .orElseThrow(
              () ->
                  new WrongInputException(file + ": more than the 16 MiB that a record may have"));
    } catch (IOException e) {
      throw FileTrouble.wrong(file, "cannot be read", e);
    }
  }

  private static CellRecord parse(Path file, byte[] text) {
    try {
      JsonNode tree = Json.MAPPER.readTree(text);
      JsonNode schema = tree.path("schema");
      if (!schema.isInt()) {
        throw new WrongInputException(file + ": not a record: it has no schema number");
      }
      if (!EarlierSchema.reads(schema.intValue())) {
        throw new WrongInputException(
            file + ": schema " + schema + "; this version reads " + EarlierSchema.known());
      }
      if (EarlierSchema.namesAGpu(tree)) {
        throw new WrongInputException(
            file + ": an earlier version's record of a GPU, which it could not use; delete it");
      }
      return schema.intValue() == CellRecord.SCHEMA
          ? Json.MAPPER.readValue(text, CellRecord.class) // which can say where it is wrong
          : Json.MAPPER.treeToValue(EarlierSchema.upgraded(tree), CellRecord.class);
    } catch (JsonProcessingException e) {
      throw new WrongInputException(file + ": not a record: " + Json.explain(e), e);
    } catch (IOException e) {
      throw FileTrouble.wrong(file, "cannot be read", e);
    }
  }
}
