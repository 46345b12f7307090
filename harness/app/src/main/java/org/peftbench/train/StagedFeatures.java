package org.peftbench.train;

import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.peftbench.WrongInputException;
import org.peftbench.file.FolderLock;
import org.peftbench.file.FolderTree;
import org.peftbench.file.WholeFile;
import org.peftbench.model.Tap;
import org.peftbench.model.ViTConfig;
import org.peftbench.result.Json;
import org.peftbench.result.PhaseCost;

/**
 * Features that are extracted with the blocks of the backbone outside and the images inside: each
 * block runs over all images before the next. What the blocks behind it need waits on disk, in
 * float32, so that nothing is rounded; a process that is killed leaves it to the next.
 */
public final class StagedFeatures implements AutoCloseable {

  private static final String STATE = "state.json";
  private static final String CARRIED = "carried-";
  private static final int MOST_BYTES = 1 << 16;

  private final Path root;
  private final ViTConfig config;
  private final FolderLock lock;
  private final FeatureCache taps;
  private Optional<State> state;
  private @Nullable FeatureCache behind;
  private @Nullable FeatureCache next;

  /**
   * How far it is.
   *
   * @param depth the blocks that have run over all images
   * @param maps how many maps of each image the next block needs
   * @param spent what it took so far
   */
  public record State(int depth, int maps, PhaseCost spent) {

    /** Checks that there can be so many. */
    public State {
      if (depth < 0 || maps < 0) {
        throw new IllegalArgumentException(depth + " blocks, " + maps + " maps");
      }
    }
  }

  StagedFeatures(
      Path root, List<Tap> taps, ViTConfig config, DataType type, Consumer<String> waiting) {
    this.root = root;
    this.config = config;
    this.lock = FolderLock.await(root, waiting);
    try {
      this.state = read();
      Files.createDirectories(folder());
      this.taps =
          FeatureCache.open(
              folder(), taps, config, type, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      lock.close();
      throw new UncheckedIOException("features cannot be written to " + root, e);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private Optional<State> read() {
    Path file = root.resolve(STATE);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      byte[] text =
          WholeFile.read(file, MOST_BYTES).orElseThrow(() -> new IOException("too large"));
      return Optional.of(Json.MAPPER.readValue(text, State.class));
    } catch (IOException e) {
      throw new WrongInputException(
          file + ": features that were being extracted are damaged; delete their folder", e);
    }
  }

  /** How far it is; empty before the images have been embedded. */
  public Optional<State> state() {
    return state;
  }

  /** Where taps are written. */
  public FeatureCache taps() {
    return taps;
  }

  Path folder() {
    return root.resolve("taps");
  }

  /**
   * What the next block reads.
   *
   * @param images how many there are
   * @throws WrongInputException if it is not all there
   */
  public FeatureCache carried(int images) {
    State now = state.orElseThrow();
    behind = FeatureCache.open(carried(now), maps(now.maps), config, DataType.FLOAT32, images);
    return behind;
  }

  /**
   * Where what the block behind the next needs is written.
   *
   * @param maps how many maps of each image
   */
  public FeatureCache next(int maps) {
    Path folder = root.resolve(CARRIED + (state.map(State::depth).orElse(-1) + 1));
    try {
      delete(folder); // of a process that was killed
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("features cannot be written to " + root, e);
    }
    next = FeatureCache.create(folder, maps(maps), config, DataType.FLOAT32);
    return next;
  }

  /** All images are behind the next block: from now on it is the last that has run. */
  public void reached(State reached) {
    try {
      flush();
      if (next != null) {
        next.flush();
      }
      closeCarried();
      byte[] json =
          (Json.PRETTY.writeValueAsString(reached) + "\n").getBytes(StandardCharsets.UTF_8);
      WholeFile.write(root.resolve(STATE), out -> out.write(json));
      if (state.isPresent()) {
        delete(carried(state.get()));
      }
      state = Optional.of(reached);
    } catch (IOException e) {
      throw new UncheckedIOException("features cannot be written to " + root, e);
    }
  }

  private Path carried(State at) {
    return root.resolve(CARRIED + at.depth);
  }

  /** They have the shape of whole maps. */
  private static List<Tap> maps(int count) {
    return Collections.nCopies(count, Tap.block(0));
  }

  void flush() {
    taps.flush();
  }

  /** Deletes what was only needed meanwhile; who waits for the lock may keep the folder itself. */
  public void delete() {
    try {
      FolderTree.delete(root);
    } catch (DirectoryNotEmptyException e) {
      // Its lock file has just been made again: who has it deletes the rest.
    } catch (IOException e) {
      throw new UncheckedIOException("features that are not needed cannot be deleted: " + root, e);
    }
  }

  private static void delete(Path folder) throws IOException {
    FolderTree.delete(folder);
  }

  private void closeCarried() {
    Stream.of(Optional.ofNullable(behind), Optional.ofNullable(next))
        .flatMap(Optional::stream)
        .forEach(FeatureCache::close);
    behind = null;
    next = null;
  }

  @Override
  public void close() {
    closeCarried();
    taps.close();
    lock.close();
  }
}
