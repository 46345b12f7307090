package org.peftbench.cuda;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.peftbench.WrongInputException;
import org.peftbench.file.FileTrouble;
import org.peftbench.file.Folders;
import org.peftbench.file.WholeFile;
import org.peftbench.result.Json;

/**
 * The CUDA set of this machine: the one that the environment names, else the one that {@code bench
 * setup cuda} keeps.
 *
 * @param environment of this process
 * @param folder where sets that were fetched are, and the note that says which one is in use
 */
public record CudaSets(Map<String, String> environment, Path folder) {

  /** Names a folder of libraries; PyTorch's own tools and DJL know it too. */
  public static final String VARIABLE = "PYTORCH_LIBRARY_PATH";

  private static final int MOST_NOTE_BYTES = 1 << 16;
  private static final String NOTE = "in-use.json";

  /**
   * What is in use.
   *
   * @param library the folder of its libraries
   * @param origin how it came to be known
   */
  private record Note(String library, String origin) {}

  /** Those of this user. */
  public static CudaSets here() {
    return new CudaSets(System.getenv(), Folders.here().cache().resolve("cuda-" + CudaSet.VERSION));
  }

  /**
   * Finds the set to use; empty if there is none.
   *
   * @throws WrongInputException if there is one that cannot be used
   */
  public Optional<CudaSet> find() {
    String named = environment.getOrDefault(VARIABLE, "");
    return named.isEmpty() ? kept() : Optional.of(CudaSet.open(named, VARIABLE));
  }

  private Optional<CudaSet> kept() {
    Path note = folder.resolve(NOTE);
    if (!Files.exists(note)) {
      return Optional.empty();
    }
    try {
      byte[] text = WholeFile.read(note, MOST_NOTE_BYTES).orElseThrow(() -> damaged(note, null));
      @Nullable Note kept = Json.MAPPER.readValue(text, Note.class);
      if (kept == null) {
        throw damaged(note, null);
      }
      return Optional.of(open(kept));
    } catch (JsonProcessingException e) {
      throw damaged(note, e);
    } catch (IOException e) {
      throw FileTrouble.wrong(note, "cannot be read", e);
    }
  }

  private static CudaSet open(Note kept) {
    try {
      return CudaSet.open(kept.library, kept.origin);
    } catch (WrongInputException e) {
      throw new WrongInputException(e.getMessage() + "; bench setup cuda sets one up anew", e);
    }
  }

  private static WrongInputException damaged(Path note, @Nullable Exception cause) {
    return new WrongInputException(note + " is damaged; bench setup cuda writes it anew", cause);
  }

  /**
   * Checks that later runs would use what is set up in a folder, or below it.
   *
   * @throws WrongInputException if the environment names another, which goes before it
   */
  void requireUsed(Path place) {
    String named = environment.getOrDefault(VARIABLE, "");
    if (!named.isEmpty() && !real(Path.of(named)).startsWith(real(place))) {
      throw new WrongInputException(
          "%s=%s goes before what setup cuda keeps, so that no run would use %s; unset it first"
              .formatted(VARIABLE, named, place));
    }
  }

  private static Path real(Path folder) {
    try {
      return folder.toRealPath();
    } catch (IOException e) { // It need not be there yet.
      return folder.toAbsolutePath().normalize();
    }
  }

  /** Keeps a set, to be found from now on. */
  public void keep(CudaSet set) {
    Path note = folder.resolve(NOTE);
    try {
      Files.createDirectories(folder);
      byte[] json = Json.PRETTY.writeValueAsBytes(new Note(set.library().toString(), set.origin()));
      WholeFile.write(note, out -> out.write(json));
    } catch (IOException e) {
      throw FileTrouble.wrong(note, "cannot be written", e);
    }
  }
}
