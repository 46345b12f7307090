import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.peftbench.cell.Phase;
import org.peftbench.measure.GpuAddress;
import org.peftbench.measure.GpuMeter;
import org.peftbench.measure.GpuMeters;
import org.peftbench.measure.Watch;
import org.peftbench.measure.nvml.GpuProcess;
import org.peftbench.measure.nvml.Nvml;
import org.peftbench.measure.nvml.NvmlException;
import org.peftbench.result.Json;
import org.peftbench.result.PhaseCost;
import org.peftbench.result.Watched;

/**
 * Watches any program as {@code bench} watches a cell's child, with the same meter, and prints what
 * it saw as a line of JSON: a source file that {@code java} runs with the product's jars.
 *
 * <p>The program prints {@code {"edge": "train", ...}} where a phase ends and {@code {"enter":
 * true}} where the next begins, and waits for a line after each. Other objects are handed on.
 */
public final class GpuWatch {

  private static final long LONGEST_LISTED_MILLIS = 3_000;

  /**
   * What to do.
   *
   * @param nvml the driver's library, by name or path
   * @param device CUDA's number of the GPU
   * @param times how often the program runs, one after another, as if each were a run of its own
   * @param everyOther whether readings stop and go on again at each object that is no edge, so that
   *     the program can be seen with and without them
   * @param command the program
   */
  private record Task(
      String nvml, int device, int times, boolean everyOther, List<String> command) {}

  /** An edge, by the meter and by the program's own words. */
  private record Edge(String name, PhaseCost cost, JsonNode said) {}

  /**
   * What was seen of one run.
   *
   * @param unmetered why there was no GPU to watch
   * @param edges the ends of its phases
   * @param results objects that it printed
   * @param watched memory over time; empty if readings were off at the end
   * @param taints what made readings suspect
   * @param exit its exit status, which ends this program too if it is not 0
   * @param listedMillis how long the driver went on to list it after its end; empty in all runs but
   *     the last, for which the next would have to wait
   */
  private record Seen(
      long pid,
      Optional<String> unmetered,
      List<Edge> edges,
      List<ObjectNode> results,
      Optional<Watched> watched,
      List<String> taints,
      int exit,
      Optional<Double> listedMillis) {}

  private final Task task;
  private final GpuAddress address;

  private GpuWatch(Task task) {
    this.task = task;
    this.address =
        GpuAddress.of(task.device, Optional.ofNullable(System.getenv("CUDA_VISIBLE_DEVICES")));
  }

  public static void main(String[] args) throws Exception {
    GpuWatch watch = new GpuWatch(Json.MAPPER.readValue(args[0], Task.class));
    for (int time = 1; time <= watch.task.times; time++) {
      Seen seen = watch.run(time == watch.task.times);
      System.out.println(Json.MAPPER.writeValueAsString(seen));
      if (seen.exit != 0) {
        System.exit(seen.exit);
      }
    }
  }

  private Seen run(boolean last) throws IOException, InterruptedException {
    String unmetered = "there is no " + task.nvml;
    Optional<GpuMeter> meter = Optional.empty();
    try {
      meter = GpuMeters.atOnce(task.nvml).open(address);
    } catch (NvmlException e) {
      unmetered = e.getMessage();
    }
    try (GpuMeter opened = meter.orElse(null)) {
      Optional<String> why = opened == null ? Optional.of(unmetered) : Optional.empty();
      return new Child(opened).seen(why, last);
    }
  }

  /** A run of the program. */
  private final class Child {

    private final GpuMeter meter;
    private final Process process;
    private final List<Edge> edges = new ArrayList<>();
    private final List<ObjectNode> results = new ArrayList<>();
    private Optional<Watch> watch;
    private long began = System.nanoTime();

    Child(GpuMeter meter) throws IOException {
      this.meter = meter;
      this.process =
          new ProcessBuilder(task.command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      this.watch = Optional.of(Watch.of(process.pid(), meter));
    }

    Seen seen(Optional<String> unmetered, boolean last) throws IOException, InterruptedException {
      try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
          Writer answers = process.outputWriter(StandardCharsets.UTF_8)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          hear(line, answers);
        }
      }
      int exit = process.waitFor();
      Optional<Double> listed = last && meter != null ? listedMillis() : Optional.empty();
      Optional<Watched> watched = watch.map(Watch::watched);
      List<String> taints = watch.map(Watch::taints).orElse(List.of());
      watch.ifPresent(Watch::close);
      return new Seen(process.pid(), unmetered, edges, results, watched, taints, exit, listed);
    }

    private void hear(String line, Writer answers) throws IOException {
      JsonNode said = parsed(line);
      if (said.has("edge")) {
        leave(said);
        answer(answers);
      } else if (said.has("enter")) {
        enter();
        answer(answers);
      } else if (said instanceof ObjectNode result) {
        results.add(result.put("watched", watch.isPresent()));
        if (task.everyOther) {
          toggle();
        }
      } else {
        System.err.println(line);
      }
    }

    private void answer(Writer answers) throws IOException {
      answers.write("\n");
      answers.flush();
    }

    private void leave(JsonNode said) {
      String name = said.get("edge").asText();
      double seconds = (System.nanoTime() - began) / 1e9;
      watch.ifPresent(on -> edges.add(new Edge(name, on.leave(phase(name), seconds), said)));
    }

    private void enter() {
      watch.ifPresent(Watch::enter);
      began = System.nanoTime();
    }

    private void toggle() {
      watch.ifPresent(Watch::close);
      watch = watch.isPresent() ? Optional.empty() : Optional.of(Watch.of(process.pid(), meter));
    }

    private Optional<Double> listedMillis() {
      long ended = System.nanoTime();
      double millis = 0;
      try (Nvml nvml = Nvml.open(task.nvml).orElseThrow()) {
        while (millis < LONGEST_LISTED_MILLIS && lists(nvml)) {
          millis = (System.nanoTime() - ended) / 1e6;
        }
        return Optional.of(millis);
      } catch (NvmlException e) {
        return Optional.empty();
      }
    }

    private boolean lists(Nvml nvml) throws NvmlException {
      for (int i = 0; i < nvml.count(); i++) {
        List<GpuProcess> processes = nvml.gpu(i).occupancy().processes().orElse(List.of());
        if (processes.stream().anyMatch(one -> one.pid() == process.pid())) {
          return true;
        }
      }
      return false;
    }
  }

  private static JsonNode parsed(String line) {
    try {
      return Json.MAPPER.readTree(line);
    } catch (JsonProcessingException e) {
      return Json.MAPPER.nullNode(); // a library's chatter
    }
  }

  /** The phase of this name, which decides what the meter may conclude; others are training. */
  private static Phase phase(String name) {
    return Arrays.stream(Phase.values())
        .filter(phase -> phase.toString().equals(name))
        .findFirst()
        .orElse(Phase.TRAIN);
  }
}
