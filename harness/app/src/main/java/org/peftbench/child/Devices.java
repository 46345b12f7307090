package org.peftbench.child;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.peftbench.WrongInputException;
import org.peftbench.cell.Device;
import org.peftbench.measure.GpuAddress;
import org.peftbench.measure.nvml.Nvml;
import org.peftbench.measure.nvml.NvmlException;

/** The devices a cell can run on, and the PyTorch that a GPU needs. */
public final class Devices {

  /** The PyTorch that DJL's native interface was built for; another one crashes the JVM. */
  public static final String PYTORCH_VERSION = "2.7.1";

  private static final String VISIBLE = "CUDA_VISIBLE_DEVICES";
  private static final Pattern VERSION = Pattern.compile("(\\d+\\.\\d+\\.\\d+)");

  private Devices() {}

  /**
   * Resolves what follows {@code --device}.
   *
   * @throws WrongInputException if it is not a device, this machine has no driver for it, or
   *     PyTorch's library is of another version
   */
  public static Device resolve(String word) {
    if (word.equals("all") || word.contains(",")) {
      throw new WrongInputException(
          "--device " + word + " is not one device; this command computes on one");
    }
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

  /**
   * Resolves what follows {@code --device} where several GPUs may compute at once.
   *
   * @param words what {@link #resolve} takes, or {@code cuda:0,cuda:1}, or {@code all} for every
   *     GPU that {@code CUDA_VISIBLE_DEVICES} leaves
   * @throws WrongInputException as {@link #resolve} does, and if it is no list of different GPUs
   */
  public static List<Device> several(String words) {
    if (words.equals("all")) {
      return all();
    }
    if (!words.contains(",")) {
      return List.of(resolve(words));
    }
    List<Device> devices = Stream.of(words.split(",", -1)).map(Devices::named).toList();
    if (!devices.stream().allMatch(Device::isGpu) || Set.copyOf(devices).size() < devices.size()) {
      throw new WrongInputException(
          "--device " + words + " is no list of different GPUs, such as cuda:0,cuda:1");
    }
    devices.forEach(device -> resolve(device.toString()));
    return devices;
  }

  private static List<Device> all() {
    int count = visibleGpus(Nvml.LIBRARY, Optional.ofNullable(System.getenv(VISIBLE)));
    if (count == 0) {
      throw new WrongInputException("--device all: there is no GPU; use cpu or auto");
    }
    return IntStream.range(0, count).mapToObj(number -> resolve("cuda:" + number)).toList();
  }

  /** The GPUs of this machine that a child may use; none without a driver that works. */
  static int visibleGpus(String library, Optional<String> visible) {
    try (Nvml nvml = Nvml.open(library).orElse(null)) {
      return nvml == null ? 0 : GpuAddress.count(visible, nvml.count());
    } catch (NvmlException e) {
      throw new WrongInputException("--device all: NVML does not work: " + e.getMessage(), e);
    }
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
