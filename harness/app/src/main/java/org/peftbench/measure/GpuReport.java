package org.peftbench.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.peftbench.measure.nvml.Gpu;
import org.peftbench.measure.nvml.GpuProcess;
import org.peftbench.measure.nvml.GpuSample;
import org.peftbench.measure.nvml.Nvml;
import org.peftbench.measure.nvml.NvmlException;
import org.peftbench.measure.nvml.Occupancy;
import org.peftbench.result.GpuUse;

/** Says for {@code bench doctor} what GPUs this machine has: a line a GPU, and a line a trouble. */
public final class GpuReport {

  /** How grave a line is; its text is the mark in the table. */
  public enum Mark {
    GOOD("ok"),
    NOTE("-"),
    BAD("BAD");

    private final String text;

    Mark(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** One line of the report. */
  public record Line(Mark mark, String text) {}

  private final Nvml nvml;
  private final List<Line> lines = new ArrayList<>();

  private GpuReport(Nvml nvml) {
    this.nvml = nvml;
  }

  /**
   * Asks the driver's library.
   *
   * @param library its name or path
   * @param driverRuns whether the system has an NVIDIA driver running, with or without the library
   */
  public static List<Line> of(String library, boolean driverRuns) {
    try {
      Optional<Nvml> opened = Nvml.open(library);
      if (opened.isEmpty()) {
        return List.of(new Line(Mark.NOTE, withoutLibrary(library, driverRuns)));
      }
      try (Nvml nvml = opened.get()) {
        return new GpuReport(nvml).gpus();
      }
    } catch (NvmlException e) {
      // Images made for GPUs bring the library along to machines that have none.
      String trouble = "NVML does not work: " + e.getMessage();
      return List.of(
          driverRuns
              ? new Line(Mark.BAD, trouble)
              : new Line(Mark.NOTE, trouble + "; cells run on the CPU"));
    }
  }

  private static String withoutLibrary(String library, boolean driverRuns) {
    return driverRuns
        ? "an NVIDIA driver is running, but "
            + library
            + " cannot be loaded: no figures of the GPU are available"
        : "no NVIDIA driver is running: cells run on the CPU";
  }

  private List<Line> gpus() throws NvmlException {
    int count = nvml.count();
    if (count <= 0) {
      lines.add(new Line(Mark.NOTE, "an NVIDIA driver is running, but has no GPU"));
    }
    for (int index = 0; index < count; index++) {
      try {
        gpu(index);
      } catch (NvmlException e) {
        lines.add(new Line(Mark.BAD, index + ": " + e.getMessage()));
      }
    }
    return List.copyOf(lines);
  }

  private void gpu(int index) throws NvmlException {
    Gpu gpu = nvml.gpu(index);
    GpuUse.Facts facts = gpu.facts();
    Occupancy occupancy = gpu.occupancy();
    GpuSample sample = gpu.sample();
    lines.add(new Line(Mark.GOOD, index + ": " + describe(facts)));
    note(index + " is read in " + ReadingCost.of(gpu).words());
    if (facts.mig().orElse(false)) {
      note(
          index
              + " is divided by MIG: its figures are of all instances together; process memory"
              + " needs privileges, or the UUID of an instance");
    }
    List<GpuProcess> processes = occupancy.processes().orElse(List.of());
    if (!processes.isEmpty()) {
      note(index + " is in use by " + pids(processes) + ": cells would not be measured alone");
    }
    String unavailable = unavailable(occupancy, sample);
    if (!unavailable.isEmpty()) {
      note(index + " does not tell: " + unavailable + lacking());
    }
  }

  private void note(String text) {
    lines.add(new Line(Mark.NOTE, text));
  }

  private static String describe(GpuUse.Facts facts) {
    List<String> words = new ArrayList<>();
    words.add(facts.name().orElse("a GPU without a name"));
    facts
        .memoryBytes()
        .ifPresent(bytes -> words.add("%.1f GiB".formatted(bytes / (double) (1L << 30))));
    facts.driver().ifPresent(driver -> words.add("driver " + driver));
    facts.uuid().ifPresent(uuid -> words.add(shortened(uuid)));
    facts.mig().filter(on -> on).ifPresent(on -> words.add("MIG on"));
    facts.ecc().filter(on -> on).ifPresent(on -> words.add("ECC on"));
    return String.join(", ", words);
  }

  /** As far as its second part, which is enough to tell a machine's GPUs apart. */
  private static String shortened(String uuid) {
    int second = uuid.indexOf('-', uuid.indexOf('-') + 1);
    return second < 0 ? uuid : uuid.substring(0, second);
  }

  private static String pids(List<GpuProcess> processes) {
    String pids =
        processes.stream().map(process -> "" + process.pid()).collect(Collectors.joining(", "));
    return processes.size() == 1
        ? "a process (" + pids + ")"
        : processes.size() + " processes (" + pids + ")";
  }

  private static String unavailable(Occupancy occupancy, GpuSample sample) {
    Map<String, Optional<?>> figures = new LinkedHashMap<>();
    figures.put("device memory", occupancy.memory().used());
    figures.put("processes", occupancy.processes());
    figures.put("power of the moment", sample.power().instant());
    figures.put("average power", sample.power().average());
    figures.put("power", sample.power().plain());
    figures.put("energy", sample.energyJoules());
    figures.put("SM clock", sample.smClockMegahertz());
    figures.put("memory clock", sample.memoryClockMegahertz());
    figures.put("utilisation", sample.busyPercent());
    figures.put("temperature", sample.temperatureCelsius());
    figures.put("throttle reasons", sample.throttleReasons());
    figures.values().removeIf(Optional::isPresent);
    boolean silent =
        occupancy.processes().stream()
            .flatMap(List::stream)
            .anyMatch(process -> process.usedBytes().isEmpty());
    if (silent) {
      figures.put("memory of a process", Optional.empty());
    }
    return String.join(", ", figures.keySet());
  }

  private String lacking() {
    SortedSet<String> missing = nvml.missing();
    if (missing.isEmpty()) {
      return "";
    }
    String more = missing.size() == 1 ? "" : " and " + (missing.size() - 1) + " more";
    return "; the driver's library lacks " + missing.first() + more;
  }
}
