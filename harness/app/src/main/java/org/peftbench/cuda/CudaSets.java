package org.peftbench.cuda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.peftbench.WrongInputException;
import org.peftbench.file.FileTrouble;
import org.peftbench.file.Folders;
import org.peftbench.file.WholeFile;

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

  private static final String NOTE = "in-use.json";
  private static final JsonMapper JSON = new JsonMapper();

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
      Note kept = JSON.readValue(Files.readAllBytes(note), Note.class);
      return Optional.of(CudaSet.open(kept.library, kept.origin));
    } catch (JsonProcessingException e) {
      throw new WrongInputException(note + " cannot be read; bench setup cuda writes it anew", e);
    } catch (IOException e) {
      throw FileTrouble.wrong(note, "cannot be read", e);
    } catch (WrongInputException e) {
      throw new WrongInputException(e.getMessage() + "; bench setup cuda sets one up anew", e);
    }
  }

  /** Keeps a set, to be found from now on. */
  public void keep(CudaSet set) {
    Path note = folder.resolve(NOTE);
    try {
      Files.createDirectories(folder);
      byte[] json =
          JSON.writerWithDefaultPrettyPrinter()
              .writeValueAsBytes(new Note(set.library().toString(), set.origin()));
      WholeFile.write(note, out -> out.write(json));
    } catch (IOException e) {
      throw FileTrouble.wrong(note, "cannot be written", e);
    }
  }
}
