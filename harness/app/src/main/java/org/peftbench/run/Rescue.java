package org.peftbench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.peftbench.WrongInputException;
import org.peftbench.file.FolderTree;
import org.peftbench.result.CellRecord;
import org.peftbench.result.Json;
import org.peftbench.result.RecordFolder;

/**
 * Keeps a record, in which are hours of work, where it can be kept: in its folder, else elsewhere,
 * else in the message that says why.
 */
final class Rescue {

  private static final int TRIES = 3;

  private final RecordFolder records;
  private final Path elsewhere;
  private final long pauseMillis;

  /**
   * A rescue.
   *
   * @param records where records go
   * @param elsewhere an existing folder that gets one of its own for those that cannot go there
   * @param pauseMillis before it is tried again
   */
  Rescue(RecordFolder records, Path elsewhere, long pauseMillis) {
    this.records = records;
    this.elsewhere = elsewhere;
    this.pauseMillis = pauseMillis;
  }

  /** A rescue for a run: into the system's folder of temporary files, after a few seconds. */
  static Rescue of(RecordFolder records) {
    return new Rescue(records, Path.of(System.getProperty("java.io.tmpdir")), 2000);
  }

  /**
   * Writes a record.
   *
   * @throws WrongInputException if it is not in its folder; the message says where it is
   */
  void write(CellRecord record) throws InterruptedException {
    for (int left = TRIES - 1; ; left--) {
      try {
        records.write(record);
        return;
      } catch (WrongInputException refused) {
        if (left == 0) {
          throw WrongInputException.whole(refused.getMessage() + "; " + aside(record), refused);
        }
        Thread.sleep(pauseMillis); // others fill a disk, and others clear it
      }
    }
  }

  private String aside(CellRecord record) {
    try {
      Path folder = Files.createTempDirectory(elsewhere, "bench-records");
      try {
        return "the record is kept as %s; once it is moved there the same command goes on"
            .formatted(RecordFolder.create(folder).write(record));
      } catch (WrongInputException e) {
        FolderTree.delete(folder);
        return inWords(record);
      }
    } catch (IOException e) {
      return inWords(record);
    }
  }

  private static String inWords(CellRecord record) {
    try {
      return "the record is to be saved under that name: " + Json.MAPPER.writeValueAsString(record);
    } catch (IOException e) {
      throw new IllegalStateException("a record has no JSON", e);
    }
  }
}
