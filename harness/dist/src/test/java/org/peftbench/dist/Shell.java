package org.peftbench.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A shell in a folder that is like a checkout: its {@code ./bench} runs this build, and says as the
 * launcher does where it is.
 */
final class Shell {

  private final Path folder;

  private Shell(Path folder) {
    this.folder = folder;
  }

  static Shell in(Path folder) throws IOException {
    List<String> command = BenchProcess.java();
    // Several engine threads wait for each other spinning: dear on a busy machine.
    command.add("-XX:ActiveProcessorCount=1");
    command.add("-Dbench.home=" + folder);
    command.add("org.peftbench.cli.Bench");
    String typed = command.stream().map(Shell::quoted).collect(Collectors.joining(" "));
    Path bench = Files.createDirectories(folder).resolve("bench");
    Files.writeString(bench, "#!/usr/bin/env bash\nexec " + typed + " \"$@\"\n");
    if (!bench.toFile().setExecutable(true)) {
      throw new IOException(bench + " cannot be made executable");
    }
    return new Shell(folder);
  }

  /** Types some lines, and stops at the first that fails. */
  BenchProcess.Result run(String lines) throws IOException, InterruptedException {
    ProcessBuilder bash = new ProcessBuilder("bash", "-euo", "pipefail", "-c", lines);
    return BenchProcess.start(bash.directory(folder.toFile())).result();
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }
}
