package org.peftbench.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.peftbench.WrongInputException;

/** Finds the libraries of the PyTorch that a Python has, without copying them. */
final class PythonTorch {

  /** Names torch's folder without importing it, which would take seconds. */
  private static final String ASK =
      "import importlib.util as u; s = u.find_spec('torch');"
          + " print(s.submodule_search_locations[0] if s else '')";

  private static final int SECONDS = 60;

  /** A path has no more; what says more is no Python. */
  private static final int MOST_BYTES = 1 << 16;

  private PythonTorch() {}

  /**
   * Finds them.
   *
   * @param given an interpreter, an environment's folder, a {@code site-packages}, torch's folder,
   *     or its {@code lib}
   * @return the folder of the libraries
   * @throws WrongInputException if there are none
   */
  static Path libraries(Path given) throws IOException, InterruptedException {
    return libraries(given, SECONDS);
  }

  /** The same, with the time that an interpreter has to answer. */
  static Path libraries(Path given, int seconds) throws IOException, InterruptedException {
    if (Files.isDirectory(given)) {
      for (String inside : List.of("", "lib", "torch/lib")) {
        Path folder = given.resolve(inside);
        if (Files.exists(folder.resolve("libtorch.so"))) {
          return folder;
        }
      }
    }
    Optional<Path> python =
        List.of("", "bin/python", "bin/python3").stream()
            .map(given::resolve)
            .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
            .findFirst();
    if (python.isEmpty()) {
      throw new WrongInputException(
          "--from python "
              + given
              + " is neither a Python nor a folder of PyTorch; give, for example, $(which python3)"
              + " or .../site-packages/torch");
    }
    return ask(python.get(), seconds).resolve("lib");
  }

  private static Path ask(Path python, int seconds) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(python.toString(), "-c", ASK)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String said;
    try {
      process.getOutputStream().close();
      said = hear(process, seconds).strip();
    } catch (ExecutionException | TimeoutException e) {
      throw new WrongInputException("--from python " + python + " does not run as a Python", e);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    if (said.isEmpty()) {
      throw new WrongInputException(
          "--from python %s has no PyTorch; pip install torch==%s brings it there"
              .formatted(python, CudaSet.VERSION));
    }
    return Path.of(said);
  }

  /** What a process says before it ends well; whoever holds its output open is not waited for. */
  private static String hear(Process process, int seconds)
      throws InterruptedException, ExecutionException, TimeoutException {
    byte[] said =
        CompletableFuture.supplyAsync(() -> read(process.getInputStream()))
            .get(seconds, TimeUnit.SECONDS);
    if (said.length > MOST_BYTES
        || !process.waitFor(seconds, TimeUnit.SECONDS)
        || process.exitValue() != 0) {
      throw new TimeoutException("it says too much, does not end, or ends badly");
    }
    return new String(said, StandardCharsets.UTF_8);
  }

  private static byte[] read(InputStream in) {
    try {
      return in.readNBytes(MOST_BYTES + 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
