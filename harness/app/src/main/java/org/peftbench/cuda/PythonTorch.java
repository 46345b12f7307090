package org.peftbench.cuda;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.peftbench.WrongInputException;

/** Finds the libraries of the PyTorch that a Python has, without copying them. */
final class PythonTorch {

  /** Names torch's folder without importing it, which would take seconds. */
  private static final String ASK =
      "import importlib.util as u; s = u.find_spec('torch');"
          + " print(s.submodule_search_locations[0] if s else '')";

  private static final int SECONDS = 60;

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
    return ask(python.get()).resolve("lib");
  }

  private static Path ask(Path python) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(python.toString(), "-c", ASK)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    process.getOutputStream().close();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new WrongInputException("--from python " + python + " does not run as a Python");
    }
    if (said.isEmpty()) {
      throw new WrongInputException(
          "--from python %s has no PyTorch; pip install torch==%s brings it there"
              .formatted(python, CudaSet.VERSION));
    }
    return Path.of(said);
  }
}
