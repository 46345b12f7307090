package org.peftbench.cli;

import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code --plugins}, which every command takes. */
@Singleton
final class PluginFolder {

  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description =
          "folder of jars with methods, each loaded apart from all else (default: $BENCH_PLUGINS)")
  @Nullable Path folder;

  Optional<Path> folder() {
    return Optional.ofNullable(folder)
        .or(
            () ->
                Optional.ofNullable(System.getenv("BENCH_PLUGINS"))
                    .filter(text -> !text.isBlank())
                    .map(Path::of));
  }
}
