package org.peftbench.file;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.peftbench.WrongInputException;

/**
 * Where what was downloaded or rendered is kept, as the environment says. Java's own {@code
 * user.home} comes from the password database, which knows neither containers nor jobs.
 *
 * @param environment variables by their names
 */
public record Folders(Map<String, String> environment) {

  /** Names the folder itself. */
  private static final String CACHE = "BENCH_CACHE";

  private static final String OURS = "peft-bench";

  /** Copies the variables. */
  public Folders {
    environment = Map.copyOf(environment);
  }

  /** Those of this process. */
  public static Folders here() {
    return new Folders(System.getenv());
  }

  /**
   * Parent of all: {@code BENCH_CACHE}, else {@code peft-bench} below {@code XDG_CACHE_HOME} or
   * {@code HOME/.cache}.
   *
   * @throws WrongInputException if none of them is set
   */
  public Path cache() {
    return place()
        .orElseThrow(
            () ->
                new WrongInputException(
                    "HOME is not set, so nothing can be kept; set "
                        + CACHE
                        + " to a folder that can be written"));
  }

  private Optional<Path> place() {
    return folder(CACHE)
        .or(() -> folder("XDG_CACHE_HOME").map(shared -> shared.resolve(OURS)))
        .or(() -> home().map(home -> home.resolve(".cache").resolve(OURS)));
  }

  /** The user's own; empty if the environment names none. */
  public Optional<Path> home() {
    return folder("HOME");
  }

  /** A variable that is empty is as one that is not set. */
  private Optional<Path> folder(String variable) {
    return Optional.ofNullable(environment.get(variable))
        .filter(value -> !value.isEmpty())
        .map(Path::of);
  }

  /**
   * What helps where a file cannot be written, behind a semicolon; empty if it is not kept here.
   */
  String cure(Path file) {
    return place().filter(file::startsWith).isEmpty()
        ? ""
        : "; set " + CACHE + " to a folder that can be written";
  }

  /** Suites that were rendered. */
  public Path suites() {
    return cache().resolve("suites");
  }

  /** Weights that were downloaded. */
  public Path weights() {
    return cache().resolve("weights");
  }
}
