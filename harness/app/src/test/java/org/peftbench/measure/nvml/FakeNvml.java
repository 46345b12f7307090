package org.peftbench.measure.nvml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.NativeLibrary;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A {@code libnvidia-ml} that plays scripts, compiled from {@code src/test/c/fake_nvml.c}. */
public final class FakeNvml {

  /** One idle GPU that tells everything. */
  private static final String WHOLE = whole();

  private final Path file;
  private final NativeLibrary library;

  private FakeNvml(Path file) {
    this.file = file;
    this.library = NativeLibrary.getInstance(file.toString());
  }

  /** Compiles it; a test is skipped where there is no C compiler. */
  public static FakeNvml compile(Path folder, String... flags)
      throws IOException, InterruptedException {
    boolean compiler =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
            .anyMatch(place -> Files.isExecutable(Path.of(place, "cc")));
    assumeTrue(
        compiler, "no C compiler 'cc' is on the PATH, so there is no fake NVML to test with");
    Path file = Files.createTempFile(folder, "libnvidia-ml", ".so");
    List<String> command = new ArrayList<>(List.of("cc", "-Wall", "-Wextra", "-Werror"));
    command.addAll(List.of(flags));
    command.addAll(
        List.of("-shared", "-fPIC", "-pthread", "-o", file.toString(), "src/test/c/fake_nvml.c"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    return new FakeNvml(file);
  }

  /** Compiles one that has not got these functions. */
  public static FakeNvml lacking(Path folder, String... functions)
      throws IOException, InterruptedException {
    return compile(
        folder,
        Arrays.stream(functions)
            .map(function -> "-D" + function + "=absent_" + function)
            .toArray(String[]::new));
  }

  /** Plays an idle GPU that tells everything, but for these lines. */
  public FakeNvml play(String... lines) {
    return learn("fake_nvml_play", lines);
  }

  /** Plays the same for those who have opened it already. */
  public FakeNvml goOn(String... lines) {
    return learn("fake_nvml_go_on", lines);
  }

  /**
   * Plays the same on and on from a file, which whoever plays a child may rewrite with {@link
   * #write}.
   */
  public FakeNvml follow(Path script) {
    library
        .getFunction("fake_nvml_follow")
        .invokeVoid(new Object[] {script.toAbsolutePath().toString()});
    return this;
  }

  /** Writes the file of an idle GPU that tells everything, but for these lines, whole at once. */
  public static void write(Path script, String... lines) throws IOException {
    Path next = Files.createTempFile(script.toAbsolutePath().getParent(), "script", "");
    Files.writeString(next, String.join("\n", lines) + "\n" + WHOLE);
    Files.move(next, script, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String whole() {
    try {
      return Files.readString(Path.of("src/test/c/one_gpu.txt"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private FakeNvml learn(String function, String... lines) {
    String script = String.join("\n", lines) + "\n" + WHOLE;
    library.getFunction(function).invokeVoid(new Object[] {script});
    return this;
  }

  /** How often it was started and not shut down. */
  int starts() {
    return library.getFunction("fake_nvml_starts").invokeInt(new Object[0]);
  }

  /** The path to open it by. */
  public String path() {
    return file.toString();
  }

  Nvml open() throws NvmlException {
    return Nvml.open(path()).orElseThrow();
  }
}
