package org.peftbench.file;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where what was downloaded or rendered is kept.
 *
 * @param cache parent of all
 */
public record Folders(Path cache) {

  /** {@code BENCH_CACHE}, else {@code peft-bench} below {@code XDG_CACHE_HOME} or ~/.cache. */
  public static Folders of(Map<String, String> environment, Path home) {
    String own = environment.get("BENCH_CACHE");
    if (own != null) {
      return new Folders(Path.of(own));
    }
    String shared = environment.get("XDG_CACHE_HOME");
    Path parent = shared == null ? home.resolve(".cache") : Path.of(shared);
    return new Folders(parent.resolve("peft-bench"));
  }

  /** Those of this user. */
  public static Folders here() {
    return of(System.getenv(), Path.of(System.getProperty("user.home")));
  }

  /** Suites that were rendered. */
  public Path suites() {
    return cache.resolve("suites");
  }

  /** Weights that were downloaded. */
  public Path weights() {
    return cache.resolve("weights");
  }
}
