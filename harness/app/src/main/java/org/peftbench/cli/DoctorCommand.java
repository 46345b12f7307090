package org.peftbench.cli;

import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.peftbench.WrongInputException;
import org.peftbench.cell.Device;
import org.peftbench.child.Child;
import org.peftbench.child.Devices;
import org.peftbench.child.JobFailedException;
import org.peftbench.cuda.Cure;
import org.peftbench.file.Folders;
import org.peftbench.link.Message;
import org.peftbench.link.Order;
import org.peftbench.measure.GpuReport;
import org.peftbench.measure.HostFacts;
import org.peftbench.measure.nvml.Nvml;
import org.peftbench.plan.Methods;
import org.peftbench.plugin.MethodDescription;
import org.peftbench.task.DataDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench doctor}. */
@Command(
    name = "doctor",
    description =
        "Check this machine: Java, PyTorch, GPU, data and weights, and what to do if one is missing.",
    mixinStandardHelpOptions = true)
final class DoctorCommand extends Printing implements Callable<Integer> {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data/vtab-1k",
      description = "directory of the tasks (default: ${DEFAULT-VALUE})")
  Path data = Path.of("");

  @Option(
      names = "--device",
      paramLabel = "auto|cpu|cuda:N",
      defaultValue = "auto",
      description = "device to try (default: ${DEFAULT-VALUE})")
  String device = "";

  private final Methods methods;
  private final Folders folders;
  private final TextTable table = new TextTable();
  private boolean healthy = true;

  @Inject
  DoctorCommand(Methods methods, Folders folders) {
    this.methods = methods;
    this.folders = folders;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    HostFacts host = HostFacts.read();
    Devices devices = Devices.here(why -> {});
    Device wanted = devices.wanted(device);
    good("bench", Version.number() + ", " + Version.commit());
    good("Java", Runtime.version().toString());
    good("system", host.os());
    good(
        "processor",
        "%s, %d cores, %.1f GiB of memory"
            .formatted(host.cpu(), host.cores(), host.memoryBytes() / (double) (1L << 30)));
    for (GpuReport.Line line : GpuReport.of(Nvml.LIBRARY, devices.driver().running())) {
      healthy &= line.mark() != GpuReport.Mark.BAD;
      table.row(line.mark().toString(), "GPU", line.text());
    }
    cudaSet(devices);
    engine(usable(devices, wanted));
    good(
        "methods",
        methods.descriptions().stream()
            .map(MethodDescription::id)
            .collect(Collectors.joining(", ")));
    for (String trouble : methods.troubles()) {
      bad("plugins", trouble);
    }
    data();
    weights();
    print(table);
    return healthy ? 0 : Bench.FAILED;
  }

  private void cudaSet(Devices devices) {
    try {
      note(
          "CUDA set",
          devices
              .set()
              .map(
                  set ->
                      "PyTorch %s in %s (%s)".formatted(set.build(), set.library(), set.origin()))
              .orElse("none; a GPU needs one: bench setup cuda"));
    } catch (WrongInputException e) {
      bad("CUDA set", String.valueOf(e.getMessage()));
    }
  }

  /** The device to try: the CPU, if {@code auto} cannot have a GPU. */
  private Device usable(Devices devices, Device wanted) {
    Optional<String> obstacle = wanted.isGpu() ? devices.obstacle(wanted) : Optional.empty();
    if (obstacle.isEmpty()) {
      note("device", wanted.toString());
      return wanted;
    }
    String why = wanted + " cannot be used: " + obstacle.get();
    if (device.equals("auto")) {
      note("device", "cpu; " + why);
    } else {
      bad("device", why);
    }
    return Device.CPU;
  }

  private void engine(Device tried) throws IOException, InterruptedException {
    try {
      int threads = Runtime.getRuntime().availableProcessors();
      Order order = new Order.TryEngine(tried);
      good("PyTorch", Child.run(order, threads, Message.EngineWorks.class, other -> {}).text());
    } catch (WrongInputException | JobFailedException e) {
      // A crash there is an answer here.
      String said = e.getMessage() + (e instanceof JobFailedException job ? job.lastWords() : "");
      bad("PyTorch", said);
      if (tried.isGpu()) {
        table.row("", "", Cure.of(said));
      }
    }
  }

  private void data() {
    if (!Files.isDirectory(data)) {
      note("data", data + " is not there; give --data DIR (VTAB-1K's layout)");
      return;
    }
    List<String> tasks = DataDirectory.open(data).folders();
    note("data", data + ": " + (tasks.isEmpty() ? "no tasks" : String.join(", ", tasks)));
  }

  private void weights() throws IOException {
    Path folder = folders.weights();
    if (!Files.isDirectory(folder)) {
      note("weights", "none fetched yet; see bench list backbones");
      return;
    }
    try (var files = Files.list(folder)) {
      long count = files.filter(file -> !file.toString().endsWith(".json")).count();
      note("weights", count + " files in " + folder);
    }
  }

  private void good(String what, String found) {
    table.row("ok", what, found);
  }

  private void bad(String what, String found) {
    healthy = false;
    table.row("BAD", what, found);
  }

  private void note(String what, String found) {
    table.row("-", what, found);
  }
}
