package org.peftbench.measure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The peak resident set of another process since it was last reset. */
public interface ResidentPeak extends AutoCloseable {

  /** The peak in bytes; empty if the process has gone. */
  Optional<Long> bytes();

  /** The present size in bytes; empty if the process has gone. */
  Optional<Long> now();

  /** Begins a new window at the present size. */
  void reset();

  /** How it is read, for the record: {@code vmhwm} or {@code sampled}. */
  String method();

  @Override
  void close();

  /** The best way this system offers: the kernel's own high-water mark, else sampling. */
  static ResidentPeak of(long pid) {
    Path process = Path.of("/proc", Long.toString(pid));
    return Files.isWritable(process.resolve("clear_refs"))
        ? new KernelPeak(process)
        : new SampledPeak(pid);
  }
}
