package org.peftbench.train;

import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.peftbench.WrongInputException;
import org.peftbench.cell.BackboneChoice;
import org.peftbench.cell.BackboneMemory;
import org.peftbench.cell.Features;
import org.peftbench.file.Leftovers;
import org.peftbench.file.OwnFolder;
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

  /** Of a folder's layout, and of this program's arithmetic; earlier folders are never found. */
  private static final int LAYOUT = 5;

  private static final int MOST_BYTES = 1 << 16;
  private static final String COST = "extract.json";
  private static final String FILLING = "filling";
  private static final Pattern STAGED =
      Pattern.compile("staged-(?:(?<layout>\\d{1,9})-)?(?<hash>[0-9a-f]{64})");

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
      byte[] text =
          WholeFile.read(file, MOST_BYTES).orElseThrow(() -> new IOException("too large"));
      return Optional.of(Json.MAPPER.readValue(text, PhaseCost.class));
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

  /** Begins to fill features, in a folder that is this process's own. */
  public Filling fill(Key key, List<Tap> taps, ViTConfig config) {
    try {
      Files.createDirectories(root);
      clearStaged();
      OwnFolder own = OwnFolder.create(root, FILLING);
      return new Filling(key, own, FeatureCache.create(own.path(), taps, config, key.type()));
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
    clearStaged();
    Path staged = root.resolve("staged-" + LAYOUT + "-" + key.hash());
    return new StagedFeatures(staged, taps, config, key.type(), waiting);
  }

  /** Makes staged features usable, with what they cost, and deletes what they needed. */
  public void finish(Key key, StagedFeatures staged, PhaseCost cost) {
    try {
      staged.flush();
      describe(staged.folder(), key, cost);
      publish(name -> WholeFile.publish(staged.folder(), name), key);
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
  private void publish(Publication full, Key key) throws IOException {
    try {
      full.publish(folder(key));
    } catch (FileSystemException e) {
      // Linux has no exception of its own for a name that is taken by a full folder.
      if (!isThere(key.hash())) {
        throw e;
      }
    }
  }

  /** Gives a folder its name. */
  private interface Publication {
    void publish(Path name) throws IOException;
  }

  /** Deletes what was begun and nobody goes on with: it may be gigabytes. */
  private void clearStaged() {
    Leftovers.clearFolders(
        root,
        name -> {
          Matcher staged = STAGED.matcher(name);
          return staged.matches()
              && (isOfEarlierLayout(staged.group("layout")) || isThere(staged.group("hash")));
        });
  }

  private static boolean isOfEarlierLayout(@Nullable String layout) {
    return layout == null || Integer.parseInt(layout) < LAYOUT;
  }

  private boolean isThere(String hash) {
    return Files.isRegularFile(root.resolve(hash).resolve(COST));
  }

  private Path folder(Key key) {
    return root.resolve(key.hash());
  }

  /** Features that are being extracted; gone when closed without being finished. */
  public final class Filling implements AutoCloseable {

    private final Key key;
    private final OwnFolder own;
    private final FeatureCache cache;

    private Filling(Key key, OwnFolder own, FeatureCache cache) {
      this.key = key;
      this.own = own;
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
        describe(own.path(), key, cost);
        publish(own::publish, key);
      } catch (IOException e) {
        throw new UncheckedIOException("cached features cannot be kept", e);
      }
    }

    @Override
    public void close() {
      cache.close();
      own.close();
    }
  }
}
