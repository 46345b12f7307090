package org.peftbench.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The limit on a process's addresses, {@code ulimit -v}, which a child inherits. What the engine
 * maps meets it long before memory is short, and then speaks of memory, or of nothing.
 */
public final class AddressSpace {

  private static final Path LIMITS = Path.of("/proc/self/limits");
  private static final String LIMIT = "Max address space";

  /** As Java, the C library and PyTorch say it. */
  private static final List<String> SHORTAGE =
      List.of(
          "out of memory",
          "not enough memory",
          "can't allocate memory",
          "cannot allocate memory",
          "failed to map segment",
          "unable to create native thread");

  private AddressSpace() {}

  /** What is said of the limit beside a failure, behind a semicolon; empty if there is none. */
  public static String words() {
    try {
      return words(Files.readAllLines(LIMITS));
    } catch (IOException e) {
      return ""; // not Linux
    }
  }

  static String words(List<String> limits) {
    return limits.stream()
        .filter(line -> line.startsWith(LIMIT))
        .map(line -> line.substring(LIMIT.length()).strip().replaceFirst("\\s.*", ""))
        .filter(soft -> soft.matches("\\d{1,18}"))
        .map(soft -> "; it ran within ulimit -v " + Long.parseLong(soft) / 1024 + " (KiB)")
        .findFirst()
        .orElse("");
  }

  /** The same, if it is for want of memory that something was thrown. */
  static String wordsOn(Throwable thrown) {
    return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
            .anyMatch(AddressSpace::isShortage)
        ? words()
        : "";
  }

  private static boolean isShortage(@Nullable Throwable cause) {
    String text = String.valueOf(cause).toLowerCase(Locale.ROOT);
    return cause instanceof OutOfMemoryError || SHORTAGE.stream().anyMatch(text::contains);
  }
}
