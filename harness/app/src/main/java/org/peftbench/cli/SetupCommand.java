package org.peftbench.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.peftbench.WrongInputException;
import org.peftbench.cell.Device;
import org.peftbench.child.Child;
import org.peftbench.child.Devices;
import org.peftbench.child.JobFailedException;
import org.peftbench.cuda.CudaSet;
import org.peftbench.cuda.CudaSets;
import org.peftbench.cuda.Setup;
import org.peftbench.cuda.Source;
import org.peftbench.link.Message;
import org.peftbench.link.Order;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench setup}. */
@Command(
    name = "setup",
    description = "Prepare this machine for GPUs.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "cuda")
final class SetupCommand extends Printing {

  /** Two builds of PyTorch may add in another order, and no more. */
  private static final double SAME_LOSS = 1e-5;

  private final int threads = Runtime.getRuntime().availableProcessors();

  @Command(
      name = "cuda",
      description = {
        "Find or fetch the PyTorch that computes on NVIDIA GPUs, try it, and keep it for every"
            + " later run.",
        "Without --from it prints what there is to choose from."
      },
      mixinStandardHelpOptions = true)
  int cuda(
      @Option(
              names = "--from",
              paramLabel = "python|djl|maven",
              description = "where it comes from")
          @Nullable String from,
      @Parameters(
              arity = "0..1",
              paramLabel = "PATH",
              description = "with --from python: the interpreter, or torch's folder")
          @Nullable Path path,
      @Option(names = "--dry-run", description = "say what would be fetched and stop")
          boolean dryRun)
      throws IOException, InterruptedException, JobFailedException {
    if (from == null) {
      Arrays.stream(Source.values()).forEach(this::notice);
      throw new WrongInputException("setup cuda needs --from python PATH, djl or maven");
    }
    Source source = Source.named(from);
    if ((source == Source.PYTHON) != (path != null)) {
      throw new WrongInputException(
          path == null
              ? "--from python needs the path of a Python, or of its torch folder"
              : "--from " + source + " takes no path, and got " + path);
    }
    CudaSets sets = CudaSets.here();
    Setup setup = new Setup(sets, err()::println);
    notice(source);
    setup.check(source);
    if (dryRun) {
      return 0;
    }
    CudaSet set =
        switch (source) {
          case PYTHON -> setup.python(path);
          case DJL -> setup.djl(fetch(setup.folderOfDjl()));
          case MAVEN -> setup.maven();
        };
    String equal = tryOnCpu(set);
    sets.keep(set);
    out().println("PyTorch " + set.build() + " in " + set.library() + " is kept: " + equal);
    return tryOnGpu(set);
  }

  private void notice(Source source) {
    err().println("--from " + source + (source == Source.PYTHON ? " PATH" : "") + ":");
    source.notice().forEach(line -> err().println("  " + line));
  }

  private Path fetch(Path folder) throws IOException, InterruptedException, JobFailedException {
    try (Growth growth = Growth.of(folder, err())) {
      Order order = new Order.FetchEngine(folder.toString());
      return Path.of(Child.run(order, threads, Message.EngineFetched.class, other -> {}).library());
    }
  }

  private String tryOnCpu(CudaSet set)
      throws IOException, InterruptedException, JobFailedException {
    err().println("trying it on the CPU, beside the PyTorch that comes with this program");
    double difference =
        difference(losses(new Order.TryEngine(Device.CPU)), losses(trial(Device.CPU, set)));
    if (difference > SAME_LOSS) {
      throw new WrongInputException(
          "%s computes something else on the CPU: training losses differ by %.1e, at most %.0e was expected"
              .formatted(set.library(), difference, SAME_LOSS));
    }
    return "training losses on the CPU differ by %.1e".formatted(difference);
  }

  /** A set that computes is kept, whatever is in the way of the GPU, and that is said. */
  private int tryOnGpu(CudaSet set) throws IOException, InterruptedException, JobFailedException {
    Devices devices = Devices.here(err()::println);
    if (!devices.driver().running()) {
      out().println("no NVIDIA driver is running here: cells run on the CPU until there is one");
      return 0;
    }
    Device first = devices.resolve("cuda:0");
    double difference =
        difference(losses(new Order.TryEngine(Device.CPU)), losses(trial(first, set)));
    out()
        .printf("%s works: its training losses differ from the CPU's by %.1e%n", first, difference);
    return 0;
  }

  private static Order.TryEngine trial(Device device, CudaSet set) {
    return new Order.TryEngine(device, Optional.of(set.library().toString()));
  }

  private List<Double> losses(Order.TryEngine order)
      throws IOException, InterruptedException, JobFailedException {
    return Child.run(order, threads, Message.EngineWorks.class, other -> {}).losses();
  }

  private static double difference(List<Double> one, List<Double> other) {
    return IntStream.range(0, one.size())
        .mapToDouble(i -> Math.abs(one.get(i) - other.get(i)))
        .max()
        .orElseThrow();
  }
}
