package org.peftbench.cuda;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.peftbench.WrongInputException;
import org.peftbench.file.Folders;

/**
 * The user's own Maven, so that mirrors, proxies and passwords of its settings hold. What it has
 * fetched stays in its repository, and the next call goes on from there.
 *
 * @param command how it is called
 * @param say told which file it fetches
 */
record Maven(String command, Consumer<String> say) {

  private static final String GOAL =
      "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:build-classpath";

  /** Maven's word, the repository's name, an address that ends in the file, perhaps a size. */
  private static final Pattern TRANSFER =
      Pattern.compile("\\[INFO] (Download(?:ing|ed)) from \\S+: \\S*/([^/ ]+\\.jar)(.*)");

  private static final String ERROR = "[ERROR] ";
  private static final String STALLED = "timed out";

  /** Maven itself waits half an hour for a byte: of its transports, one hears this, one that. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final List<String> PATIENT =
      List.of(
          "-Dmaven.wagon.rto=" + PATIENCE.toMillis(),
          "-Daether.connector.requestTimeout=" + PATIENCE.toMillis());

  /**
   * Fetches artifacts, as far as they are not there yet.
   *
   * @param folder for a project file
   * @return their files in Maven's repository, in the same order
   * @throws WrongInputException if there is no Maven, or it cannot get them
   */
  List<Path> fetch(List<MavenJar> jars, Path folder) throws IOException, InterruptedException {
    Path project = Files.writeString(folder.resolve("pom.xml"), project(jars));
    Path paths = folder.resolve("paths");
    ProcessBuilder builder =
        new ProcessBuilder(command, "-B", "-U", "-f", project.toString(), GOAL)
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.command().addAll(PATIENT);
    builder.command().add("-Dmdep.outputFile=" + paths);
    Process maven = start(builder);
    try {
      maven.getOutputStream().close();
      String error = listen(maven, jars);
      if (maven.waitFor() != 0) {
        throw new WrongInputException(
            "Maven cannot get the CUDA set: "
                + error
                + (error.contains(STALLED) ? " (no byte for " + PATIENCE.toSeconds() + " s)" : "")
                + "; the same command goes on from here");
      }
    } finally {
      maven.descendants().forEach(ProcessHandle::destroy);
      maven.destroy();
    }
    List<Path> fetched =
        Arrays.stream(Files.readString(paths).strip().split(File.pathSeparator))
            .map(Path::of)
            .toList();
    return jars.stream().map(jar -> find(jar, fetched)).toList();
  }

  /** Where it keeps what it fetches. */
  static Path repository() {
    return home().resolve(".m2").resolve("repository");
  }

  private static Path home() {
    Folders folders = Folders.here();
    return folders.home().orElseGet(folders::cache);
  }

  private Process start(ProcessBuilder builder) {
    // Java would ask the password database.
    String option = "\"-Duser.home=" + home() + '"';
    builder.environment().merge("JDK_JAVA_OPTIONS", option, (own, ours) -> own + " " + ours);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new WrongInputException(
          "there is no "
              + command
              + ", which fetches the CUDA set; install Maven 3.8.7 or newer, or take another --from",
          e);
    }
  }

  /** Hears it to its end; returns the first error that it names. */
  private String listen(Process maven, List<MavenJar> jars) throws IOException {
    List<String> wanted = jars.stream().map(MavenJar::file).toList();
    String error = "it does not say why";
    boolean failed = false;
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(maven.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        Matcher transfer = TRANSFER.matcher(line);
        if (transfer.matches() && wanted.contains(transfer.group(2))) {
          say.accept("  " + transfer.group(1) + " " + transfer.group(2) + transfer.group(3));
        } else if (!failed && line.startsWith(ERROR)) {
          failed = true;
          error = line.substring(ERROR.length()).strip();
        }
      }
    }
    return error;
  }

  private static Path find(MavenJar jar, List<Path> files) {
    return files.stream()
        .filter(file -> file.endsWith(jar.file()))
        .findFirst()
        .orElseThrow(
            () -> new WrongInputException("Maven says nothing of " + jar.file() + ": " + files));
  }

  /** A project of these jars and nothing that they themselves depend on. */
  private static String project(List<MavenJar> jars) {
    return jars.stream()
        .map(
            jar ->
                """
                    <dependency>
                      <groupId>%s</groupId>
                      <artifactId>%s</artifactId>
                      <version>%s</version>
                      <classifier>%s</classifier>
                      <exclusions>
                        <exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion>
                      </exclusions>
                    </dependency>
                """
                    .formatted(MavenJar.GROUP, jar.artifact(), jar.version(), jar.classifier()))
        .collect(
            Collectors.joining(
                "",
                """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>org.peftbench</groupId>
                  <artifactId>cuda-set</artifactId>
                  <version>1</version>
                  <packaging>pom</packaging>
                  <dependencies>
                """,
                """
                  </dependencies>
                </project>
                """));
  }
}
