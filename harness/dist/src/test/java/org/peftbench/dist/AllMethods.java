package org.peftbench.dist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** All methods, trained once on a small task for every test that looks at what comes of it. */
final class AllMethods {

  /** Images that they are judged on. */
  static final int LIMIT = 24;

  private static final Path FOLDER = folder();

  /** The tasks. */
  static final Path DATA = TinyData.write(FOLDER.resolve("data"));

  /** The records, and the adapters below them. */
  static final Path OUT = FOLDER.resolve("runs");

  /** What the run said. */
  static final BenchProcess.Result RESULT = run();

  private AllMethods() {}

  private static Path folder() {
    try {
      return Files.createTempDirectory(Files.createDirectories(Path.of("target")), "methods")
          .toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BenchProcess.Result run() {
    try {
      return BenchProcess.run(command(OUT, "all", "--save-adapters")).expect(0);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The command that trained them, for other methods or into another folder. */
  static String[] command(Path to, String methods, String... more) {
    List<String> all = new ArrayList<>(List.of("--epochs", "4", "--limit-test", "" + LIMIT));
    all.addAll(List.of(more));
    return TinyRun.arguments(DATA, to, methods, "colours", all.toArray(String[]::new));
  }

  /** What a method trained. */
  static Path adapter(String method) {
    return adapter(OUT, method);
  }

  /** What a method trained in another run. */
  static Path adapter(Path out, String method) {
    try (Stream<Path> files = Files.list(out.resolve("adapters"))) {
      return files
          .filter(file -> String.valueOf(file.getFileName()).startsWith(method + "__"))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
