package org.peftbench.train;

import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.peftbench.WrongInputException;
import org.peftbench.cell.BackboneChoice;
import org.peftbench.cell.BackboneMemory;
import org.peftbench.cell.Features;
import org.peftbench.file.FolderTree;
import org.peftbench.file.Sha256;
import org.peftbench.file.WholeFile;
import org.peftbench.model.Tap;
import org.peftbench.model.ViTConfig;
import org.peftbench.result.Json;
import org.peftbench.result.PhaseCost;

/** A folder of cached features, each under the hash of everything it depends on. */
public final class FeatureStore {

  /**
   * What cached taps depend on.
   *
   * @param backbone network and weights
   * @param dataSha256 the task's data
   * @param list the split list they were made of
   * @param interpolation of the resize
   * @param normalize of the pixels
   * @param taps in order
   * @param features float32 or float16
   * @param backboneMemory where the backbone was: the taps are the same, and what they cost is not
   * @param engine whose arithmetic made them
   */
  public record Key(
      BackboneChoice backbone,
      String dataSha256,
      String list,
      String interpolation,
      String normalize,
      List<String> taps,
      Features features,
      BackboneMemory backboneMemory,
      String engine) {

    /** Copies the list. */
    public Key {
      taps = List.copyOf(taps);
    }

    private String hash() {
      try {
        String text = LAYOUT + Json.MAPPER.writeValueAsString(this);
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("a cache key cannot be hashed", e);
      }
    }

    private DataType type() {
      return features == Features.CACHED_FLOAT16 ? DataType.FLOAT16 : DataType.FLOAT32;
    }
  }

  /** The version of a folder's layout; folders of an earlier version are never found. */
  private static final int LAYOUT = 3;

  private static final String COST = "extract.json";
  private static final String PARTIAL = "partial-";
  private static final Pattern OWNER = Pattern.compile(PARTIAL + "(\\d{1,18})-.*");

  private final Path root;

  /** Makes a store in a folder, which is made itself when first needed. */
  public FeatureStore(Path root) {
    this.root = root;
  }

  /**
   * Tells what extracting these features cost, if they are there.
   *
   * @throws WrongInputException if the file that says so is damaged
   */
  public Optional<PhaseCost> cost(Key key) {
    Path file = folder(key).resolve(COST);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.MAPPER.readValue(Files.readString(file), PhaseCost.class));
    } catch (IOException e) {
      throw new WrongInputException(
          "cached features are damaged: " + file + "; delete their folder", e);
    }
  }

  /**
   * Opens features that are there.
   *
   * @param images how many images they must hold
   * @throws WrongInputException if a file is missing or of another size
   */
  public FeatureCache open(Key key, List<Tap> taps, ViTConfig config, int images) {
    return FeatureCache.open(folder(key), taps, config, key.type(), images);
  }

  /** Begins to fill features under a temporary name, which says what process they belong to. */
  public Filling fill(Key key, List<Tap> taps, ViTConfig config) {
    try {
      Files.createDirectories(root);
      deleteAbandoned();
      String owner = PARTIAL + ProcessHandle.current().pid() + "-";
      Path partial = Files.createTempDirectory(root, owner);
      return new Filling(key, partial, FeatureCache.create(partial, taps, config, key.type()));
    } catch (IOException e) {
      throw new UncheckedIOException("cached features cannot be written to " + root, e);
    }
  }

  /**
   * Begins to fill features a block of the backbone at a time, or goes on where a process was that
   * was killed; waits while another process does the same.
   *
   * @param waiting told again and again meanwhile for whom
   */
  public StagedFeatures stage(Key key, List<Tap> taps, ViTConfig config, Consumer<String> waiting) {
    return new StagedFeatures(
        root.resolve("staged-" + key.hash()), taps, config, key.type(), waiting);
  }

  /** Makes staged features usable, with what they cost, and deletes what they needed. */
  public void finish(Key key, StagedFeatures staged, PhaseCost cost) {
    try {
      staged.flush();
      describe(staged.folder(), key, cost);
      publish(staged.folder(), key);
      staged.delete();
    } catch (IOException e) {
      throw new UncheckedIOException("cached features cannot be kept", e);
    }
  }

  private static void describe(Path folder, Key key, PhaseCost cost) throws IOException {
    write(folder.resolve("key.json"), Json.PRETTY.writeValueAsString(key));
    write(folder.resolve(COST), Json.PRETTY.writeValueAsString(cost));
  }

  private static void write(Path file, String json) throws IOException {
    byte[] line = (json + "\n").getBytes(StandardCharsets.UTF_8);
    WholeFile.write(file, out -> out.write(line));
  }

  /** Gives a full folder its name, unless features of that name are there already: as good. */
  private void publish(Path full, Key key) throws IOException {
    try {
      WholeFile.publish(full, folder(key));
    } catch (FileSystemException e) {
      // Linux has no exception of its own for a name that is taken by a full folder.
      if (!Files.isRegularFile(folder(key).resolve(COST))) {
        throw e;
      }
      FolderTree.delete(full);
    }
  }

  /** Deletes what processes that were killed left behind: it may be gigabytes. */
  private void deleteAbandoned() throws IOException {
    try (DirectoryStream<Path> partials = Files.newDirectoryStream(root, PARTIAL + "*")) {
      for (Path partial : partials) {
        Matcher owner = OWNER.matcher(String.valueOf(partial.getFileName()));
        if (owner.matches() && ProcessHandle.of(Long.parseLong(owner.group(1))).isEmpty()) {
          FolderTree.delete(partial);
        }
      }
    }
  }

  private Path folder(Key key) {
    return root.resolve(key.hash());
  }

  /** Features that are being extracted; gone when closed without being finished. */
  public final class Filling implements AutoCloseable {

    private final Key key;
    private final Path partial;
    private final FeatureCache cache;

    private Filling(Key key, Path partial, FeatureCache cache) {
      this.key = key;
      this.partial = partial;
      this.cache = cache;
    }

    /** Where the taps are written. */
    public FeatureCache cache() {
      return cache;
    }

    /** Makes the features usable, with what they cost. */
    public void finish(PhaseCost cost) {
      try {
        cache.flush();
        cache.close();
        describe(partial, key, cost);
        publish(partial, key);
      } catch (IOException e) {
        throw new UncheckedIOException("cached features cannot be kept", e);
      }
    }

    @Override
    public void close() {
      cache.close();
      delete();
    }

    private void delete() {
      if (!Files.exists(partial)) {
        return;
      }
      try {
        FolderTree.delete(partial);
      } catch (IOException e) {
        throw new UncheckedIOException("unfinished features cannot be deleted: " + partial, e);
      }
    }
  }
}
