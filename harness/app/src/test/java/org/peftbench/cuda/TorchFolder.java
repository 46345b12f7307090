package org.peftbench.cuda;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder that looks like PyTorch's libraries; the files are empty. */
public final class TorchFolder {

  private TorchFolder() {}

  /** A {@code lib} in a folder, with the libraries of a build for CUDA, or without. */
  public static Path libraries(Path torch, boolean cuda) throws IOException {
    Path library = Files.createDirectories(torch.resolve("lib"));
    Files.createFile(library.resolve("libtorch.so"));
    if (cuda) {
      Files.createFile(library.resolve("libtorch_cuda.so"));
    }
    return library;
  }

  /** As a wheel for CUDA 12.6 is laid out: {@code torch/version.py} beside {@code torch/lib}. */
  public static Path wheel(Path torch, String version) throws IOException {
    Path library = libraries(torch, true);
    Files.writeString(
        torch.resolve("version.py"),
        "from typing import Optional\n\n__version__ = '"
            + version
            + "'\ndebug = False\ncuda: Optional[str] = '12.6'\n");
    return library;
  }
}
