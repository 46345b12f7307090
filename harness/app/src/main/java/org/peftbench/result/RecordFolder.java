package org.peftbench.result;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.peftbench.WrongInputException;
import org.peftbench.cell.Cell;
import org.peftbench.file.FileTrouble;
import org.peftbench.file.FolderLock;
import org.peftbench.file.Leftovers;
import org.peftbench.file.WholeFile;

/**
 * A flat folder with one JSON file a finished cell, named after the cell.
 *
 * <p>Every {@code *.json} file in it is to be a record; other names, hidden files and sub-folders
 * are not looked at. All failures are {@link WrongInputException}s that name the file.
 */
public final class RecordFolder {

  private static final String SUFFIX = ".json";
  private static final int MOST_BYTES = 16 << 20;

  private final Path folder;

  private RecordFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * The folder for writing; makes it where it is missing, proves that it can be written, and clears
   * what runs that were killed left.
   */
  public static RecordFolder create(Path folder) {
    try {
      Files.createDirectories(folder);
      WholeFile.prove(folder);
      Leftovers.clear(folder);
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

  /**
   * Writes the record whole or not at all, in place of an older one; it survives a crash. A folder
   * that was removed meanwhile is made again.
   */
  public Path write(CellRecord record) {
    Path file = folder.resolve(fileName(record.cell()));
    try {
      String text = Json.PRETTY.writeValueAsString(record) + "\n";
      Files.createDirectories(folder);
      WholeFile.write(file, out -> out.write(text.getBytes(UTF_8)));
      return file;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(file.getFileName() + ": " + Json.explain(e), e);
    } catch (IOException e) {
      throw FileTrouble.wrong(file, "cannot be written", e);
    }
  }

  /**
   * The record of a cell, if it has ended.
   *
   * @throws WrongInputException if its file cannot be read: what ran for hours is not run again,
   *     and not written over, unasked
   */
  public Optional<CellRecord> find(Cell cell) {
    Path file = folder.resolve(fileName(cell));
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(read(file));
    } catch (WrongInputException e) {
      throw new WrongInputException(e.getMessage() + "; to run its cell again, move it away", e);
    }
  }

  /**
   * What is in the folder.
   *
   * @param records all that can be read, sorted by file name
   * @param troubles what is wrong with each other file, in one line that begins with its path
   */
  public record Contents(List<CellRecord> records, List<String> troubles) {

    /** Copies the lists. */
    public Contents {
      records = List.copyOf(records);
      troubles = List.copyOf(troubles);
    }
  }

  /** Reads all that can be read. */
  public Contents contents() {
    List<CellRecord> records = new ArrayList<>();
    List<String> troubles = new ArrayList<>();
    for (Path file : files()) {
      try {
        records.add(read(file));
      } catch (WrongInputException e) {
        troubles.add(String.valueOf(e.getMessage()));
      }
    }
    return new Contents(records, troubles);
  }

  /**
   * All records, sorted by file name.
   *
   * @throws WrongInputException if one cannot be read
   */
  public List<CellRecord> readAll() {
    return files().stream().map(RecordFolder::read).toList();
  }

  private List<Path> files() {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(RecordFolder::looksLikeRecord).sorted().toList();
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
    if (Files.notExists(file)) {
      throw new WrongInputException(file + ": a link to nothing; expected a record");
    }
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
      if (text.length == 0) {
        throw new WrongInputException(file + ": not a record: it is empty");
      }
      if (!schema.isInt()) {
        throw new WrongInputException(file + ": not a record: it has no schema number");
      }
      if (schema.intValue() > CellRecord.SCHEMA) {
        throw new WrongInputException(
            "%s: was written by a newer bench, schema %d; this one reads up to %d"
                .formatted(file, schema.intValue(), CellRecord.SCHEMA));
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
