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
import org.peftbench.file.FolderLock;
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

  /** Nats: two builds of PyTorch may add in another order, and no more. */
  private static final double SAME_ON_CPU = 1e-5;

  /** Nats: GPUs have other kernels, which add in another order; TF32 is off. */
  private static final double SAME_ON_GPU = 1e-3;

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
    Source source = Words.named("--from", from, List.of(Source.values()));
    if (source != Source.PYTHON && path != null) {
      throw new WrongInputException("--from " + source + " takes no path, and got " + path);
    }
    CudaSets sets = CudaSets.here();
    Setup setup = new Setup(sets, err()::println);
    notice(source);
    if (dryRun) {
      return 0;
    }
    setup.check(source);
    CudaSet set =
        switch (source) {
          case PYTHON -> setup.python(required(path));
          case DJL -> setup.djl(fetch(setup));
          case MAVEN -> setup.maven();
        };
    err().println("trying it on the CPU, beside the PyTorch that comes with this program");
    List<Double> expected = losses(new Order.TryEngine(Device.CPU));
    String equal = compare(expected, set, Device.CPU, SAME_ON_CPU);
    sets.keep(set);
    out().println("PyTorch " + set.build() + " in " + set.library() + " is kept: " + equal);
    out().println(onGpu(expected, set));
    return 0;
  }

  private static Path required(@Nullable Path path) {
    if (path == null) {
      throw new WrongInputException(
          "--from python needs the path of a Python, or of its torch folder");
    }
    return path;
  }

  private void notice(Source source) {
    err().println("--from " + source + (source == Source.PYTHON ? " PATH" : "") + ":");
    source.notice().forEach(line -> err().println("  " + line));
  }

  private Path fetch(Setup setup) throws IOException, InterruptedException, JobFailedException {
    Path folder = setup.folderOfDjl();
    try (FolderLock lock = FolderLock.take(folder);
        Growth growth = Growth.of(folder, err())) {
      setup.clearDjl();
      Order order = new Order.FetchEngine(folder.toString());
      return Path.of(Child.run(order, threads, Message.EngineFetched.class, other -> {}).library());
    }
  }

  /** Tries a set on a GPU; it is kept whatever is in the GPU's way, and that is said. */
  private String onGpu(List<Double> expected, CudaSet set)
      throws IOException, InterruptedException, JobFailedException {
    Devices devices = Devices.here(err()::println);
    if (!devices.driver().running()) {
      return "no NVIDIA driver is running here: cells run on the CPU until there is one";
    }
    Device first = devices.resolve("cuda:0");
    return first + " works: " + compare(expected, set, first, SAME_ON_GPU);
  }

  private String compare(List<Double> expected, CudaSet set, Device device, double most)
      throws IOException, InterruptedException, JobFailedException {
    List<Double> found = losses(new Order.TryEngine(device, Optional.of(set.library().toString())));
    double difference =
        IntStream.range(0, expected.size())
            .mapToDouble(i -> Math.abs(expected.get(i) - found.get(i)))
            .max()
            .orElseThrow();
    if (difference > most) {
      throw new WrongInputException(
          "%s computes something else on %s: losses differ by %.1e, expected at most %.0e"
              .formatted(set.library(), device, difference, most));
    }
    return "losses of a small training on %s differ by %.1e".formatted(device, difference);
  }

  private List<Double> losses(Order.TryEngine order)
      throws IOException, InterruptedException, JobFailedException {
    return Child.run(order, threads, Message.EngineWorks.class, other -> {}).losses();
  }
}
