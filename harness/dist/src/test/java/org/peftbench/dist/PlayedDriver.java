package org.peftbench.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The driver's management library, played by one that a C compiler makes. */
final class PlayedDriver {

  private static final Path SOURCES = Path.of("..", "app", "src", "test", "c");

  private PlayedDriver() {}

  /**
   * Compiles it; without a compiler the test is skipped.
   *
   * @param library the file that it becomes
   * @param flags of the compiler
   */
  static void compile(Path library, String... flags) throws IOException, InterruptedException {
    assumeTrue(isOnPath("cc"), "no C compiler 'cc' is on the PATH, so there is no driver to play");
    List<String> command = new ArrayList<>(List.of("cc", "-shared", "-fPIC", "-pthread"));
    command.addAll(List.of(flags));
    command.addAll(List.of("-o", library.toString(), SOURCES.resolve("fake_nvml.c").toString()));
    assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
  }

  /** The script of one idle GPU that tells everything. */
  static String oneGpu() throws IOException {
    return Files.readString(SOURCES.resolve("one_gpu.txt"));
  }

  static boolean isOnPath(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
        .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
  }
}
