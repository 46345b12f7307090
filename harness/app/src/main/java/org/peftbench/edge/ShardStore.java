package org.peftbench.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.peftbench.WrongInputException;
import org.peftbench.file.FileTrouble;
import org.peftbench.file.FolderLock;
import org.peftbench.file.WholeFile;
import org.peftbench.result.Json;
import org.peftbench.wire.FeatureRequest.Shard;

/** The folder of a job: shards as they arrived, what has come of others, and what it took. */
final class ShardStore {

  private static final String NOTE = "arrivals.json";
  private static final String REQUEST = "request.json";
  private static final int MOST_NOTE_BYTES = 1 << 16;

  private final FeatureJob job;
  private final Path folder;

  /**
   * The folder of a job, which is made when it is first written to.
   *
   * @param features folder of all jobs
   */
  ShardStore(FeatureJob job, Path features) {
    this.job = job;
    this.folder = features.resolve(job.folderName());
  }

  FeatureJob job() {
    return job;
  }

  /** Keeps other cells from asking for the same until it is closed. */
  FolderLock lock(Consumer<String> waiting) {
    return FolderLock.await(folder, waiting);
  }

  /** Where a shard is, or will be. */
  Path file(Shard shard) {
    return folder.resolve("shard-%05d.safetensors".formatted(shard.number()));
  }

  boolean has(Shard shard) {
    return Files.isRegularFile(file(shard));
  }

  private Path sumFile(Shard shard) {
    return folder.resolve("shard-%05d.sum".formatted(shard.number()));
  }

  /** Notes what a shard that has arrived has to be from now on. */
  void noteSum(Shard shard, Path arrived) {
    Path note = sumFile(shard);
    try {
      byte[] sum = ShardFile.sum(arrived).getBytes(UTF_8);
      WholeFile.write(note, out -> out.write(sum));
    } catch (IOException e) {
      throw new CloudException(note + " cannot be written: " + Words.of(e), e);
    }
  }

  /**
   * Deletes shards that are not what arrived, as a disk that was full or broke may leave them, and
   * those of an earlier version, which did not note what they were.
   */
  void deleteDamaged() {
    for (Shard shard : job.shards()) {
      try {
        if (has(shard)) {
          ShardFile.check(file(shard), job.layout(), shard.images().size());
          requireSum(shard);
        }
      } catch (CloudException e) {
        try {
          Files.delete(file(shard));
        } catch (IOException left) {
          throw FileTrouble.wrong(file(shard), "is damaged and cannot be deleted", left);
        }
      }
    }
  }

  private void requireSum(Shard shard) {
    try {
      String noted =
          WholeFile.read(sumFile(shard), MOST_NOTE_BYTES)
              .map(text -> new String(text, UTF_8))
              .orElse("");
      if (!noted.equals(ShardFile.sum(file(shard)))) {
        throw new CloudException(file(shard) + " is not what arrived");
      }
    } catch (IOException e) {
      throw new CloudException(file(shard) + " cannot be checked: " + Words.of(e), e);
    }
  }

  boolean isWhole() {
    return job.shards().stream().allMatch(this::has);
  }

  /** Images whose features are there. */
  int images() {
    return job.shards().stream().filter(this::has).mapToInt(shard -> shard.images().size()).sum();
  }

  /** The most that a shard's file may have. */
  long mostBytes(Shard shard) {
    return job.layout().mostBytes(shard.images().size());
  }

  /** What may still have to be written. */
  long missingBytes() {
    return job.shards().stream().filter(shard -> !has(shard)).mapToLong(this::mostBytes).sum();
  }

  /** What it took so far. */
  Moved moved() {
    Path note = folder.resolve(NOTE);
    try {
      if (!Files.exists(note)) {
        return Moved.NOTHING;
      }
      byte[] text =
          WholeFile.read(note, MOST_NOTE_BYTES).orElseThrow(() -> new IOException("too large"));
      return Json.MAPPER.readValue(text, Moved.class);
    } catch (IOException e) {
      throw new WrongInputException(
          "features from a cloud are damaged: " + note + "; delete their folder", e);
    }
  }

  /** Notes what it took so far. */
  void keep(Moved moved) {
    Path note = folder.resolve(NOTE);
    try {
      byte[] text = Json.MAPPER.writeValueAsBytes(moved);
      WholeFile.write(note, out -> out.write(text));
    } catch (IOException e) {
      throw new CloudException(note + " cannot be written: " + Words.of(e), e);
    }
  }

  /** Makes the folder, and says in it what it is of. */
  void create() {
    Path request = folder.resolve(REQUEST);
    try {
      Files.createDirectories(folder);
      if (!Files.exists(request)) {
        byte[] text = Json.MAPPER.writeValueAsBytes(job.request());
        WholeFile.write(request, out -> out.write(text));
      }
    } catch (IOException e) {
      throw FileTrouble.wrong(folder, "cannot be made", e);
    }
  }

  /** Bytes that the folder's disk still takes. */
  long roomBytes() {
    try {
      return Files.getFileStore(folder).getUsableSpace();
    } catch (IOException e) {
      throw FileTrouble.wrong(folder, "does not tell how much room it has", e);
    }
  }

  Path folder() {
    return folder;
  }
}
