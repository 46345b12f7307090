package org.peftbench.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version of this build, and of the source it was built from. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {"peft-bench " + number() + " (" + commit() + ")"};
  }

  static String number() {
    Properties properties = new Properties();
    try (InputStream in =
        Objects.requireNonNull(Version.class.getResourceAsStream("version.properties"))) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("the version cannot be read", e);
    }
    return properties.getProperty("version", "unknown");
  }

  /** The checkout's commit, with {@code +dirty} after local changes; {@code unknown} elsewhere. */
  static String commit() {
    String home = System.getProperty("bench.home");
    if (home == null) {
      return "unknown";
    }
    String commit = git(home, "rev-parse", "--short=12", "HEAD");
    if (commit.isEmpty()) {
      return "unknown";
    }
    return git(home, "status", "--porcelain", "--untracked-files=no").isEmpty()
        ? commit
        : commit + "+dirty";
  }

  private static String git(String home, String... arguments) {
    // Git tells nothing of a checkout that is another user's, unless it is told to.
    List<String> command = new ArrayList<>(List.of("git", "-c", "safe.directory=*", "-C", home));
    command.addAll(List.of(arguments));
    try {
      Process git =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String out = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return git.waitFor() == 0 ? out : "";
    } catch (IOException e) {
      return ""; // no git here: the commit is unknown, which the record says
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
