package org.peftbench.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Watches who else uses the processors while a cell runs: processes of this system that this
 * program did not start, or the host that lends the processors to it. Reads Linux's {@code
 * /proc/stat}; on other systems nothing is known, and nothing said.
 */
public final class Bystanders {

  private static final Path STAT = Path.of("/proc/stat");

  /** Processors in use by others from which on times are not to be trusted. */
  private static final double MOST_CORES = 0.25;

  // Fields of the line "cpu", in ticks.
  private static final List<Integer> BUSY = List.of(1, 2, 3, 6, 7); // idle and iowait left out
  private static final int STOLEN = 8;

  private record Ticks(long busy, long stolen) {}

  private final Path stat;
  private final Optional<Ticks> before;
  private final double ownBefore = FamilyTime.seconds();
  private final long began = System.nanoTime();

  private Bystanders(Path stat) {
    this.stat = stat;
    this.before = read(stat);
  }

  /** Begins to watch; what is found counts from now on. */
  public static Bystanders watch() {
    return new Bystanders(STAT);
  }

  static Bystanders watch(Path stat) {
    return new Bystanders(stat);
  }

  /**
   * Says what makes times since the beginning suspect, a sentence each; also that the machine saved
   * power. This program and its children, all cells that run, are those who may use it.
   */
  public List<String> taints() {
    double own = FamilyTime.seconds() - ownBefore;
    List<String> taints = new ArrayList<>(taints(own, (System.nanoTime() - began) / 1e9));
    taints.addAll(PowerState.taints());
    return List.copyOf(taints);
  }

  List<String> taints(double own, double seconds) {
    Optional<Ticks> after = read(stat);
    List<String> taints = new ArrayList<>();
    if (before.isPresent() && after.isPresent() && seconds > 0) {
      double busy = (after.get().busy - before.get().busy) / FamilyTime.TICKS_A_SECOND;
      double others = (busy - own) / seconds;
      if (others > MOST_CORES) {
        taints.add("other processes kept %.2f processors busy".formatted(others));
      }
      double stolen =
          (after.get().stolen - before.get().stolen) / FamilyTime.TICKS_A_SECOND / seconds;
      if (stolen > MOST_CORES) {
        taints.add("the host withheld %.2f processors".formatted(stolen));
      }
    }
    return List.copyOf(taints);
  }

  private static Optional<Ticks> read(Path stat) {
    try {
      String line =
          Files.readString(stat, StandardCharsets.US_ASCII).lines().findFirst().orElse("");
      String[] fields = line.split(" +", -1);
      if (!fields[0].equals("cpu") || fields.length <= STOLEN) {
        return Optional.empty();
      }
      long busy = 0;
      for (int field : BUSY) {
        busy += Long.parseLong(fields[field]);
      }
      return Optional.of(new Ticks(busy, Long.parseLong(fields[STOLEN])));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty(); // no Linux, or one that hides it
    }
  }
}
