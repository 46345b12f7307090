package org.peftbench.child;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.peftbench.cell.Device;
import org.peftbench.measure.GpuAddress;

/** Starts the JVM of a child, with a class path and an environment that fit its device. */
final class ChildLaunch {

  private static final String VISIBLE = "CUDA_VISIBLE_DEVICES";

  private ChildLaunch() {}

  /**
   * Starts a child.
   *
   * @param cores processors that it is kept to; empty for all that this program may use
   * @param threads engine threads
   * @param heapMib its largest heap
   * @param mainClass its main class
   */
  static Process start(
      Device device, Optional<CoreSet> cores, int threads, int heapMib, Class<?> mainClass)
      throws IOException {
    boolean cpu = !device.isGpu();
    List<String> command = new ArrayList<>(cores.map(CoreSet::command).orElse(List.of()));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + heapMib + "m");
    command.add("-XX:+UseSerialGC"); // small, and without threads that compete with the engine's
    command.add("-Xms16m"); // the heap never shrinks below where it began
    command.add("-XX:MaxNewSize=64m");
    command.add("-XX:MinHeapFreeRatio=10"); // what is collected goes back to the system,
    command.add("-XX:MaxHeapFreeRatio=20"); // so that a phase is not charged for the one before
    command.add("-XX:-ShrinkHeapInSteps");
    command.add("-XX:MaxDirectMemorySize=64g");
    command.add("-Dai.djl.pytorch.num_threads=" + threads);
    command.add("-Dai.djl.pytorch.num_interop_threads=1");
    command.add("-DOPT_OUT_TRACKING=true"); // DJL phones home otherwise
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
    if (cpu || Devices.localLibrary().isPresent()) {
      command.add("-Dai.djl.offline=true");
    }
    command.add("-cp");
    command.add(classPath(cpu));
    command.add(mainClass.getName());
    ProcessBuilder builder = new ProcessBuilder(command);
    // A heap or a collector that these choose would change what is measured.
    builder
        .environment()
        .keySet()
        .removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
    builder.environment().put("CUDA_DEVICE_ORDER", "PCI_BUS_ID"); // NVML's, so that both mean one
    device.cuda().ifPresent(number -> showAlone(number, builder.environment()));
    if (cpu) {
      builder.environment().remove("PYTORCH_LIBRARY_PATH");
    }
    Process process = builder.start();
    sacrifice(process.pid());
    return process;
  }

  /** A child sees one GPU: none of its libraries can then take memory of another, a neighbour's. */
  private static void showAlone(int number, Map<String, String> environment) {
    Optional<String> visible = Optional.ofNullable(environment.get(VISIBLE));
    boolean there = number < GpuAddress.count(visible, Integer.MAX_VALUE);
    environment.put(VISIBLE, there ? GpuAddress.of(number, visible).name() : "");
  }

  /** Where memory runs out, Linux is to end the child, and not what started it. */
  private static void sacrifice(long pid) {
    try {
      Files.writeString(Path.of("/proc", Long.toString(pid), "oom_score_adj"), "1000");
    } catch (IOException e) {
      // Not Linux, or the child has ended: then there is nothing to protect from.
    }
  }

  // With the CPU natives on the class path DJL takes the CPU even where there is a GPU.
  private static String classPath(boolean cpu) {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> cpu || !Path.of(entry).getFileName().toString().contains("native-cpu"))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
