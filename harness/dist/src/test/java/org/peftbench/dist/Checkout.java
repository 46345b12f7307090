package org.peftbench.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder {@code it} that the launcher takes for a checkout which was built, without jars, and a
 * Java in {@code jdk} that is none: it tells its version, and else how it was called.
 */
final class Checkout {

  private static final String JAVA =
      """
      #!/usr/bin/env bash
      encoding=ANSI_X3.4-1968
      [ "${LC_ALL:-}" != C.UTF-8 ] || [ -n "${NO_UTF8:-}" ] || encoding=UTF-8
      case "$*" in
        *-XshowSettings*)
          echo "    java.specification.version = ${VERSION:-17}"
          echo "    sun.jnu.encoding = $encoding" ;;
        *) printf '%s\\n' "$@" && eval "${THEN:-}" ;;
      esac
      """;

  private final Path folder;

  private Checkout(Path folder) {
    this.folder = folder;
  }

  /** Makes it in a folder, which all users may read. */
  static Checkout in(Path folder) throws IOException, InterruptedException {
    Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
    Files.writeString(java, JAVA);
    Path target = Files.createDirectories(folder.resolve("it/harness/dist/target"));
    Files.createDirectories(folder.resolve("it/methods-none"));
    Files.createFile(folder.resolve("it/pom.xml"));
    Files.createFile(target.resolve(".lock"));
    Files.createFile(target.resolve("built"));
    Files.copy(Path.of("..", "..", "bench"), folder.resolve("it/bench"));
    Checkout checkout = new Checkout(folder);
    checkout.run("chmod -R a+rX . && chmod a+x jdk/bin/java it/bench").expect(0);
    return checkout;
  }

  /** Types lines beside it, with the Java that is none. */
  BenchProcess.Result tell(String lines) throws IOException, InterruptedException {
    return run("export JAVA_HOME=$PWD/jdk\n" + lines);
  }

  /** Types lines beside it. */
  BenchProcess.Result run(String lines) throws IOException, InterruptedException {
    ProcessBuilder bash = new ProcessBuilder("bash", "-c", lines);
    return BenchProcess.start(bash.directory(folder.toFile())).result();
  }
}
