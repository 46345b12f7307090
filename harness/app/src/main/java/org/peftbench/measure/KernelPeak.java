package org.peftbench.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads Linux's high-water mark of the resident set, which misses nothing between two readings. */
final class KernelPeak implements ResidentPeak {

  private static final Pattern PEAK = Pattern.compile("(?m)^VmHWM:\\s+(\\d+) kB$");
  private static final Pattern NOW = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB$");

  private final Path process;

  KernelPeak(Path process) {
    this.process = process;
  }

  @Override
  public Optional<Long> bytes() {
    return read(PEAK);
  }

  @Override
  public Optional<Long> now() {
    return read(NOW);
  }

  private Optional<Long> read(Pattern line) {
    try {
      Matcher matcher = line.matcher(Files.readString(process.resolve("status")));
      // A process that is ending has no memory left, and no such line.
      return matcher.find()
          ? Optional.of(Long.parseLong(matcher.group(1)) * 1024)
          : Optional.empty();
    } catch (IOException e) {
      requireEnded(e);
      return Optional.empty();
    }
  }

  @Override
  public void reset() {
    try {
      Files.writeString(process.resolve("clear_refs"), "5"); // proc(5): resets VmHWM
    } catch (IOException e) {
      requireEnded(e);
    }
  }

  /** A process may end at any moment; everything else is a failure of ours. */
  private void requireEnded(IOException e) {
    boolean ended = e instanceof NoSuchFileException || "No such process".equals(e.getMessage());
    if (!ended && Files.exists(process)) {
      throw new UncheckedIOException("the memory of " + process + " cannot be read", e);
    }
  }

  @Override
  public String method() {
    return "vmhwm";
  }

  @Override
  public void close() {}
}
