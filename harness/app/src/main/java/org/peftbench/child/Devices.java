package org.peftbench.child;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.peftbench.WrongInputException;
import org.peftbench.cell.Device;

/** The devices a cell can run on, and the PyTorch that a GPU needs. */
public final class Devices {

  /** The PyTorch that DJL's native interface was built for; another one crashes the JVM. */
  public static final String PYTORCH_VERSION = "2.7.1";

  private static final Pattern VERSION = Pattern.compile("(\\d+\\.\\d+\\.\\d+)");

  private Devices() {}

  /**
   * Resolves what follows {@code --device}.
   *
   * @throws WrongInputException if it is not a device, this machine has no driver for it, or
   *     PyTorch's library is of another version
   */
  public static Device resolve(String word) {
    Device device = word.equals("auto") ? preferred() : named(word);
    if (device.isGpu()) {
      if (!hasNvidiaDriver()) {
        throw new WrongInputException(
            "--device " + word + " needs an NVIDIA driver, and none is running; use cpu or auto");
      }
      requireMatchingLibrary();
    }
    return device;
  }

  private static Device preferred() {
    return hasNvidiaDriver() ? new Device(Optional.of(0)) : Device.CPU;
  }

  private static Device named(String word) {
    try {
      return Device.named(word);
    } catch (IllegalArgumentException e) {
      throw new WrongInputException(
          "unknown device '" + word + "'; known: auto, cpu, cuda:0, cuda:1, ...", e);
    }
  }

  /** Whether this machine has an NVIDIA driver running. */
  public static boolean hasNvidiaDriver() {
    return Files.exists(Path.of("/proc/driver/nvidia/version"));
  }

  /** The folder of a local PyTorch, if the environment names one. */
  public static Optional<Path> localLibrary() {
    return Optional.ofNullable(System.getenv("PYTORCH_LIBRARY_PATH")).map(Path::of);
  }

  /** The version of a local PyTorch, if it says. */
  public static Optional<String> localVersion(Path library) {
    for (String name : new String[] {"../build-version", "../version.py", "build-version"}) {
      Path file = library.resolve(name).normalize();
      if (Files.isRegularFile(file)) {
        try {
          Matcher matcher = VERSION.matcher(Files.readString(file));
          if (matcher.find()) {
            return Optional.of(matcher.group(1));
          }
        } catch (IOException e) {
          throw new WrongInputException("PyTorch's version cannot be read from " + file, e);
        }
      }
    }
    return Optional.empty();
  }

  private static void requireMatchingLibrary() {
    Optional<Path> library = localLibrary();
    if (library.isEmpty()) {
      return;
    }
    Optional<String> version = localVersion(library.get());
    if (!version.equals(Optional.of(PYTORCH_VERSION))) {
      throw new WrongInputException(
          "PYTORCH_LIBRARY_PATH="
              + library.get()
              + " holds PyTorch "
              + version.orElse("of unknown version")
              + "; this build needs "
              + PYTORCH_VERSION
              + ", any other crashes");
    }
  }
}
