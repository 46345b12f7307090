package org.peftbench.child;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.peftbench.file.Folders;

/** Starts the JVM of a child, with a class path and an environment that fit its engine. */
final class ChildLaunch {

  private ChildLaunch() {}

  /**
   * Starts a child.
   *
   * @param natives the engine's libraries
   * @param place what it has of the machine
   * @param family that it begins
   * @param temporary its folder for temporary files
   * @param threads engine threads
   * @param heapMib its largest heap
   * @param mainClass its main class
   */
  static Process start(
      Natives natives,
      Place place,
      Family family,
      Path temporary,
      int threads,
      int heapMib,
      Class<?> mainClass)
      throws IOException {
    List<String> command = new ArrayList<>(place.command());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + heapMib + "m");
    command.add("-XX:+UseSerialGC"); // small, and without threads that compete with the engine's
    command.add("-XX:TieredStopAtLevel=1"); // the optimising compiler takes 20 MiB, at any moment
    command.add("-XX:-RangeCheckElimination"); // it slows loops over pixels, some by half
    command.add("-Xms16m"); // the heap never shrinks below where it began
    command.add("-XX:MaxNewSize=64m");
    command.add("-XX:MinHeapFreeRatio=10"); // what is collected goes back to the system,
    command.add("-XX:MaxHeapFreeRatio=20"); // so that a phase is not charged for the one before
    command.add("-XX:-ShrinkHeapInSteps");
    command.add("-XX:MaxDirectMemorySize=64g");
    command.add("-Dai.djl.pytorch.num_threads=" + threads);
    command.add("-Dai.djl.pytorch.num_interop_threads=1");
    command.add("-Djava.io.tmpdir=" + temporary);
    command.add("-DOPT_OUT_TRACKING=true"); // DJL phones home otherwise
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
    command.add("-Dai.djl.offline=" + !natives.mayFetch());
    // Libraries keep things in the user's home, for which Java would ask the password database.
    Folders.here().home().ifPresent(home -> command.add("-Duser.home=" + home));
    command.addAll(permissions(Runtime.version().feature()));
    command.addAll(archive(System.getProperty("bench.archive", "")));
    command.add("-cp");
    command.add(natives.classPath(System.getProperty("java.class.path")));
    command.add(mainClass.getName());
    ProcessBuilder builder = new ProcessBuilder(command);
    // A heap or a collector that these choose would change what is measured.
    builder
        .environment()
        .keySet()
        .removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
    natives.into(builder.environment());
    place.into(builder.environment());
    family.into(builder.environment());
    Process process = builder.start();
    sacrifice(process.pid());
    return process;
  }

  /** Without them, Java of this version and later warns of what libraries do. */
  static List<String> permissions(int version) {
    return version < 24
        ? List.of()
        : List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");
  }

  /**
   * Classes laid out as Java keeps them: a child begins sooner, and with others than those as ever.
   */
  private static List<String> archive(String file) {
    return file.isEmpty() ? List.of() : List.of("-XX:SharedArchiveFile=" + file, "-Xlog:cds*=off");
  }

  /** Where memory runs out, Linux is to end the child, and not what started it. */
  private static void sacrifice(long pid) {
    try {
      Files.writeString(Path.of("/proc", Long.toString(pid), "oom_score_adj"), "1000");
    } catch (IOException e) {
      // Not Linux, or the child has ended: then there is nothing to protect from.
    }
  }
}
