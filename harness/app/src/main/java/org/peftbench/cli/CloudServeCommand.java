package org.peftbench.cli;

import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.peftbench.WrongInputException;
import org.peftbench.cell.Device;
import org.peftbench.child.JobFailedException;
import org.peftbench.cloud.CloudLog;
import org.peftbench.cloud.CloudServer;
import org.peftbench.cloud.CloudSettings;
import org.peftbench.file.FolderLock;
import org.peftbench.file.Folders;
import org.peftbench.file.OwnFolder;
import org.peftbench.link.Order;
import org.peftbench.measure.GpuMeters;
import org.peftbench.measure.nvml.Nvml;
import org.peftbench.plan.ServedBackbone;
import org.peftbench.run.TapProcess;
import org.peftbench.wire.Api;
import org.peftbench.wire.CloudInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench cloud serve}. */
@Command(
    name = "serve",
    description =
        "Load a backbone once, and answer edges: they send images, and get what side methods read"
            + " of it. Ends with Ctrl-C.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  bench cloud serve --backbone vit-ti16 --weights FILE --normalize imagenet",
      "  openssl rand -hex 32 > tokens && chmod 600 tokens",
      "  bench cloud serve --listen 0.0.0.0:8443 --tls server.crt server.key --token-file tokens",
      "",
      "With a certificate of one's own:",
      "  openssl req -x509 -newkey rsa:3072 -noenc -days 365 -subj /CN=cloud \\",
      "    -addext subjectAltName=DNS:HOST -keyout server.key -out server.crt"
    })
final class CloudServeCommand extends Printing implements Callable<Integer> {

  private static final long MOST_IMAGE_BYTES = 32L << 20;
  private static final int MOST_JOB_IMAGES = 50_000;
  private static final long MOST_SHARD_BYTES = 64L << 20;
  private static final long LOOK_MILLIS = 500;

  @Mixin final NetworkOptions network = new NetworkOptions();

  @Mixin final PrecisionOption precision = new PrecisionOption();

  @Mixin final ComputeOptions compute = new ComputeOptions();

  @Mixin final CloudAccessOptions access = new CloudAccessOptions();

  @Option(
      names = "--max-batch",
      paramLabel = "N",
      defaultValue = "64",
      description = "most images of a run of the backbone (default: ${DEFAULT-VALUE})")
  int maxBatch;

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description = "where images and features are kept (default: bench-cloud in the cache folder)")
  @Nullable Path cache;

  @Option(
      names = "--max-cache",
      paramLabel = "SIZE",
      defaultValue = "20GiB",
      description =
          "of that folder; what was not used for longest goes (default: ${DEFAULT-VALUE})")
  String maxCache = "";

  @Option(
      names = "--max-rate",
      paramLabel = "N",
      defaultValue = "500",
      description =
          "requests a second of an edge, twice as many at once (default: ${DEFAULT-VALUE})")
  double maxRate;

  @Option(
      names = "--idle-exit",
      paramLabel = "DURATION",
      description = "end after so long without a request, such as 30m (default: never)")
  @Nullable String idleExit;

  private final Folders folders;

  @Inject
  CloudServeCommand(Folders folders) {
    this.folders = folders;
  }

  @Override
  public Integer call() throws IOException, InterruptedException, JobFailedException {
    InetSocketAddress address = access.address();
    Optional<Duration> idle =
        Optional.ofNullable(idleExit).map(text -> Amounts.time("--idle-exit", text));
    long cacheBytes = Amounts.bytes("--max-cache", maxCache);
    if (!(maxRate > 0) || maxRate > 1e6) {
      throw new WrongInputException("--max-rate " + maxRate + " is not a number from 0 to 1000000");
    }
    Log log = new Log();
    CloudSettings.Access who = access.access();
    int threads = compute.threads();
    Device device = compute.device();
    ServedBackbone served =
        ServedBackbone.find(
            network.network(),
            network.interpolation(),
            network.normalization(),
            precision.given(),
            device.type(),
            folders.weights());
    if (maxBatch < 1 || maxBatch > served.config().largestBatch()) {
      throw new WrongInputException(
          "--max-batch %d is not possible at %d pixels; 1 to %d"
              .formatted(maxBatch, served.config().imageSize(), served.config().largestBatch()));
    }
    try (OwnFolder temporary = OwnFolder.temporary("cloud")) {
      Path norm = temporary.path().resolve("norm.safetensors");
      // Ctrl-C does not wait for the end of this; what is named first is deleted last.
      Stream.of(temporary.path(), temporary.path().resolve(FolderLock.FILE), norm)
          .forEach(path -> path.toFile().deleteOnExit());
      try (TapProcess taps = TapProcess.start(order(served, norm, device), threads, meters())) {
        CloudSettings settings =
            new CloudSettings(
                info(served, taps.engine()),
                address,
                who,
                cache == null ? folders.cache().resolve("bench-cloud") : cache,
                cacheBytes,
                CloudSettings.Times.USUAL,
                CloudSettings.Most.at(maxRate));
        serve(settings, Files.readAllBytes(norm), taps, log, idle);
      }
    }
    return 0;
  }

  private static GpuMeters meters() {
    return GpuMeters.atOnce(Nvml.LIBRARY);
  }

  private static Order.OpenTaps order(ServedBackbone served, Path norm, Device device) {
    return new Order.OpenTaps(
        served.choice(),
        served.weights(),
        served.interpolation(),
        served.normalize(),
        served.precision(),
        norm.toString(),
        device);
  }

  private CloudInfo info(ServedBackbone served, String engine) {
    return new CloudInfo(
        Api.VERSION,
        served.choice(),
        served.interpolation(),
        served.normalize(),
        served.precision(),
        engine,
        new CloudInfo.Limits(MOST_IMAGE_BYTES, MOST_JOB_IMAGES, maxBatch, MOST_SHARD_BYTES));
  }

  /** Serves until it has been idle for long enough, or this program is told to end. */
  private void serve(
      CloudSettings settings, byte[] norm, TapProcess taps, Log log, Optional<Duration> idle)
      throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    Thread hook =
        new Thread(
            () -> {
              asked.countDown();
              await(ended);
            },
            "cloud-end");
    Runtime.getRuntime().addShutdownHook(hook);
    try (CloudServer server = CloudServer.start(settings, norm, taps, log)) {
      announce(settings.info(), server.address());
      while (!asked.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        if (idle.isPresent() && server.idle().compareTo(idle.get()) >= 0) {
          log.said("nobody asked for " + idleExit);
          break;
        }
      }
      log.said("ending");
    } finally {
      taps.close();
      log.said("ended");
      ended.countDown();
    }
    if (asked.getCount() > 0) {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void announce(CloudInfo info, InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    String url =
        "%s://%s:%d"
            .formatted(
                access.isSecure() ? "https" : "http",
                address.getAddress().isAnyLocalAddress()
                    ? "HOST"
                    : host.contains(":") ? "[" + host + "]" : host,
                address.getPort());
    printf(
        "%s, weights %s, %d pixels, normalised as %s, %s, %s%n",
        info.backbone().name(),
        info.backbone().weights(),
        info.backbone().imageSize(),
        info.normalize(),
        info.precision(),
        info.engine());
    printf("listening on %s%n", url);
    printf(
        "on an edge: bench edge run --cloud %s%s --backbone %s --methods miet --tasks TASKS%n",
        url, access.edgeOptions(), info.backbone().name());
  }

  /** A line each on standard error. */
  private final class Log implements CloudLog {

    @Override
    public void answered(Answered request) {
      said(request.toString());
    }

    @Override
    public synchronized void said(String line) {
      note(line);
      err().flush();
    }
  }
}
