package org.peftbench.cuda;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.peftbench.measure.nvml.Nvml;
import org.peftbench.measure.nvml.NvmlException;

/**
 * The NVIDIA driver of this machine.
 *
 * @param running whether there is one, as far as anybody tells
 * @param gpus how many GPUs it has; empty if it runs and its library cannot be asked
 * @param trouble what its library says is wrong with it
 */
public record Driver(boolean running, Optional<Integer> gpus, Optional<String> trouble) {

  private static final Path VERSION = Path.of("/proc/driver/nvidia/version");

  /** Asks this machine's. */
  public static Driver here() {
    return read(Nvml.LIBRARY, VERSION);
  }

  /**
   * Asks a driver. Its library counts more than its file: WSL2 and some containers have no such
   * file, and images made for GPUs bring the library along to machines that have none.
   *
   * @param library name or path of its management library
   * @param version the file that its kernel module shows
   */
  public static Driver read(String library, Path version) {
    boolean shown = Files.exists(version);
    try {
      Optional<Nvml> opened = Nvml.open(library);
      if (opened.isEmpty()) {
        return new Driver(shown, shown ? Optional.empty() : Optional.of(0), Optional.empty());
      }
      try (Nvml nvml = opened.get()) {
        return new Driver(true, Optional.of(nvml.count()), Optional.empty());
      }
    } catch (NvmlException e) {
      return new Driver(
          shown, shown ? Optional.empty() : Optional.of(0), Optional.ofNullable(e.getMessage()));
    }
  }
}
