package org.peftbench.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.peftbench.spi.PeftMethod;

/** The {@code bench} command in a process of its own, as a user runs it. */
final class BenchProcess {

  /** Longer than anything takes on a busy machine; only a test that fails waits for it. */
  private static final long PATIENCE_SECONDS = 400;

  /**
   * What came of a command.
   *
   * @param exit code
   * @param out standard output
   * @param err standard error
   */
  record Result(int exit, String out, String err) {

    Result expect(int code) {
      assertEquals(code, exit, () -> "exit code; it printed: " + out + err);
      return this;
    }
  }

  /** Tasks are rendered once for all tests, and never into the user's own cache. */
  static final Path CACHE = Path.of("target", "cache").toAbsolutePath();

  /** What users run; folders of classes would do as well, but Java archives jars alone. */
  private static final String CLASS_PATH = classPath();

  /**
   * Classes laid out as Java wants them, so that it starts in half the time, as a build has them.
   */
  private static final Path ARCHIVE =
      archive("bench", "org.peftbench.cli.Bench", "list", "methods");

  private static final Path ARCHIVE_OF_CHILDREN =
      archive("child", "org.peftbench.worker.Rehearsal");

  private final Process process;
  private final Path out;
  private final Path err;

  private BenchProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  private static String classPath() {
    try (Stream<Path> jars = Files.list(Path.of("target", "lib"))) {
      return jars.map(Path::toAbsolutePath)
          .sorted()
          .map(Path::toString)
          .collect(Collectors.joining(File.pathSeparator));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Result run(String... arguments) throws IOException, InterruptedException {
    return start(arguments).result();
  }

  static BenchProcess start(String... arguments) throws IOException {
    return start(CLASS_PATH, arguments);
  }

  /** Runs a command that finds the classes of a folder before its own. */
  static Result runBehind(Path classes, String... arguments)
      throws IOException, InterruptedException {
    String classPath = classes + File.pathSeparator + CLASS_PATH;
    return start(classPath, arguments).result();
  }

  /**
   * Runs a command that finds one method more.
   *
   * @param folder gets the method's entry, as a jar has it
   */
  static Result runWith(Class<? extends PeftMethod<?>> method, Path folder, String... arguments)
      throws IOException, InterruptedException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(services.resolve(PeftMethod.class.getName()), method.getName() + "\n");
    String classPath =
        String.join(
            File.pathSeparator,
            CLASS_PATH,
            Path.of("target", "test-classes").toAbsolutePath().toString(),
            folder.toString());
    return start(classPath, arguments).result();
  }

  private static Path archive(String name, String... command) {
    Path file = Path.of("target", "tests-" + name + ".jsa").toAbsolutePath();
    try {
      Files.deleteIfExists(file);
      List<String> all = java("-XX:ArchiveClassesAtExit=" + file, CLASS_PATH);
      all.addAll(List.of(command));
      start(new ProcessBuilder(all)).result().expect(0);
      assertTrue(Files.exists(file), () -> "Java made no " + file);
      return file;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Java with its options, without the class to run. */
  static List<String> java() {
    return java(CLASS_PATH);
  }

  private static List<String> java(String classPath) {
    List<String> command = java("-XX:SharedArchiveFile=" + ARCHIVE, classPath);
    command.add("-Dbench.archive=" + ARCHIVE_OF_CHILDREN);
    return command;
  }

  private static List<String> java(String archiving, String classPath) {
    return new ArrayList<>(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            archiving,
            "-Xlog:cds*=off", // other classes than the archive's are no reason to say so
            "-Dai.djl.offline=true",
            "-DOPT_OUT_TRACKING=true",
            "-cp",
            classPath));
  }

  private static BenchProcess start(String classPath, String[] arguments) throws IOException {
    List<String> command = java(classPath);
    command.add("org.peftbench.cli.Bench");
    command.addAll(List.of(arguments));
    return start(new ProcessBuilder(command));
  }

  /** Starts what runs this build, in the environment that all tests share. */
  static BenchProcess start(ProcessBuilder builder) throws IOException {
    Path out = Files.createTempFile("bench", ".out");
    Path err = Files.createTempFile("bench", ".err");
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().put("LC_ALL", "C"); // what jobs and containers often have
    builder.environment().put("BENCH_CACHE", CACHE.toString());
    Process process = builder.start();
    return new BenchProcess(process, out, err);
  }

  Result result() throws IOException, InterruptedException {
    assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "the command hangs");
    Result result = new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    Files.delete(out);
    Files.delete(err);
    return result;
  }

  /** What it has said so far on standard error. */
  String errorSoFar() {
    return soFar(err);
  }

  /** What it has printed so far on standard output. */
  String outputSoFar() {
    return soFar(out);
  }

  private static String soFar(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Tells it to end, as {@code kill} does. */
  void end() {
    process.destroy();
  }

  /** Waits until the child process that computes runs. */
  ProcessHandle child() throws InterruptedException {
    return await(() -> process.descendants().filter(BenchProcess::isWorker).findFirst());
  }

  // ProcessHandle tells no command lines as long as one with a class path.
  private static boolean isWorker(ProcessHandle handle) {
    Path commandLine = Path.of("/proc", Long.toString(handle.pid()), "cmdline");
    try {
      return Files.readString(commandLine, StandardCharsets.ISO_8859_1)
          .contains("org.peftbench.worker.");
    } catch (IOException e) {
      return false; // it has just ended
    }
  }

  /** Ends the command as {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Waits until something is there. */
  static <T> T await(Supplier<Optional<T>> what) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < deadline) {
      Optional<T> found = what.get();
      if (found.isPresent()) {
        return found.get();
      }
      Thread.sleep(20);
    }
    throw new AssertionError("it never happened");
  }

  /** Waits for a process to end, which it must do by itself. */
  static void awaitEnd(ProcessHandle process) throws InterruptedException {
    CompletableFuture<ProcessHandle> end = process.onExit();
    await(() -> end.isDone() ? Optional.of(true) : Optional.empty());
  }

  /** The record files in a folder, sorted; none where the folder is not there yet. */
  static List<Path> records(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .filter(file -> !String.valueOf(file.getFileName()).startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
