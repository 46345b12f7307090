package org.peftbench.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Counts the energy that this machine's processors use, whoever uses them, by the counters of RAPL
 * that Linux shows. Most systems keep them from all but root, and virtual machines have none: then
 * nothing is known. Counters go round within minutes, so they must be read often.
 */
final class CpuEnergy {

  private static final Path COUNTERS = Path.of("/sys/class/powercap");

  /** One a processor package; what has a second number is a part of one. */
  private static final String PACKAGES = "intel-rapl:{[0-9],[0-9][0-9]}";

  private static final double MICROJOULES = 1e6;

  /** A counter of one package, and where it stood. */
  private static final class Counter {

    private final Path file;
    private final long range;
    private long latest;

    Counter(Path folder) throws IOException {
      file = folder.resolve("energy_uj");
      range = number(folder.resolve("max_energy_range_uj"));
      latest = number(file);
    }

    long grown() throws IOException {
      long now = number(file);
      long grown = now - latest;
      latest = now;
      return grown < 0 ? grown + range : grown;
    }
  }

  private final List<Counter> packages = new ArrayList<>();
  private boolean known;
  private long microjoules;

  private CpuEnergy() {}

  static CpuEnergy open() {
    return open(COUNTERS);
  }

  static CpuEnergy open(Path counters) {
    CpuEnergy energy = new CpuEnergy();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(counters, PACKAGES)) {
      for (Path folder : folders) {
        energy.packages.add(new Counter(folder));
      }
      energy.known = !energy.packages.isEmpty();
    } catch (IOException e) {
      energy.known = false; // no Linux, no RAPL, or kept from us
    }
    return energy;
  }

  /** Adds what was used since the last reading. */
  synchronized void read() {
    if (!known) {
      return;
    }
    try {
      for (Counter counter : packages) {
        microjoules += counter.grown();
      }
    } catch (IOException e) {
      known = false;
    }
  }

  /** Joules since the last call, of all packages together; empty if they cannot be known. */
  synchronized Optional<Double> joules() {
    read();
    double joules = microjoules / MICROJOULES;
    microjoules = 0;
    return known ? Optional.of(joules) : Optional.empty();
  }

  private static long number(Path file) throws IOException {
    try {
      return Long.parseLong(Files.readString(file, StandardCharsets.US_ASCII).strip());
    } catch (NumberFormatException e) {
      throw new IOException(file + " holds no number", e);
    }
  }
}
