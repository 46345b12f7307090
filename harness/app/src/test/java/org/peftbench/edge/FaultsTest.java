package org.peftbench.edge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.peftbench.WrongInputException;
import org.peftbench.cell.BackboneChoice;
import org.peftbench.cloud.CloudLog;
import org.peftbench.cloud.CloudServer;
import org.peftbench.cloud.CloudSettings;
import org.peftbench.cloud.Computer;
import org.peftbench.edge.FaultyWay.Fault;
import org.peftbench.image.Interpolation;
import org.peftbench.image.Normalization;
import org.peftbench.model.Precision;
import org.peftbench.model.Tap;
import org.peftbench.model.ViTConfig;
import org.peftbench.result.EdgeUse;
import org.peftbench.shaper.Shaper;
import org.peftbench.weights.ElementType;
import org.peftbench.weights.RawTensor;
import org.peftbench.weights.SafetensorsWriter;
import org.peftbench.weights.TensorInfo;
import org.peftbench.wire.Api;
import org.peftbench.wire.CloudInfo;
import org.peftbench.wire.FeatureType;
import org.peftbench.wire.Reach;

/**
 * A real cloud, a real edge, and between them a link on which things go wrong, by a seed. However
 * many do, an edge gets the right features or says why not, and then goes on where it was.
 *
 * <p>{@code -Dfaults=500} for more of them.
 */
@Execution(ExecutionMode.CONCURRENT)
class FaultsTest {

  private static final int FAULTS = Integer.getInteger("faults", 60);
  private static final ViTConfig CONFIG = ViTConfig.named(ViTConfig.POCKET);
  private static final Tap TAP = Tap.sum(CONFIG.depth());
  private static final int IMAGES = 24;
  private static final int BATCH = 4;
  private static final int IMAGE_FLOATS = (int) TAP.values(CONFIG);
  private static final CloudInfo INFO =
      new CloudInfo(
          Api.VERSION,
          new BackboneChoice(ViTConfig.POCKET, "w", "00", 64, ViTConfig.Pooling.CLS),
          Interpolation.BICUBIC,
          Normalization.INCEPTION,
          Precision.FLOAT32,
          "played",
          new CloudInfo.Limits(1_000_000, 500, 8, 2L * Float.BYTES * IMAGE_FLOATS));

  private static final long LARGE_CACHE = 1L << 30;

  /** Small answers, such as how far a job is. */
  private static final long SLACK_BYTES = 200_000;

  @TempDir Path folder;
  private final Map<String, Integer> computed = new ConcurrentHashMap<>();
  private final List<String> reasons = new CopyOnWriteArrayList<>();
  private @Nullable CloudServer server;

  @AfterEach
  void stop() {
    Objects.requireNonNull(server).close();
  }

  @Test
  void whateverGoesWrongFeaturesAreRightOrItIsSaidWhy() throws Exception {
    int port = start(0, LARGE_CACHE).address().getPort();
    Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
    Map<String, Integer> endings = new TreeMap<>();
    for (int round = 0; faults.values().stream().mapToInt(n -> n).sum() < FAULTS; round++) {
      List<Path> images = images(round);
      Path features = folder.resolve("features-" + round);
      Runnable restart = () -> restart(port);
      FaultyWay up =
          new FaultyWay(List.of(Fault.CUT, Fault.STALL, Fault.DRIP), 0.02, 2L * round, restart);
      FaultyWay down = new FaultyWay(List.of(Fault.values()), 0.03, 2L * round + 1, restart);
      String ending;
      try (Shaper shaper = Shaper.start(up, down, "127.0.0.1", port)) {
        ending = receive(shaper.port(), images, features);
      }
      up.counts().forEach((fault, count) -> faults.merge(fault, count, Integer::sum));
      down.counts().forEach((fault, count) -> faults.merge(fault, count, Integer::sum));
      endings.merge(ending, 1, Integer::sum);
      synchronized (this) { // with nothing wrong any more, it goes on where it was
        assertEquals("right", receive(port, images, features), "round " + round);
      }
    }
    System.err.println(
        "faults: "
            + faults
            + "; endings: "
            + endings
            + "; runs of the backbone: "
            + computed.size()
            + "; "
            + reasons);
    assertTrue(endings.getOrDefault("right", 0) > 0, endings.toString());
    computed.forEach((batch, times) -> assertEquals(1, times, "computed more than once"));
  }

  @Test
  @Timeout(120)
  void edgesShareACacheThatIsSmallerThanWhatEachOfThemWants() throws Exception {
    long bytes = (long) IMAGES * IMAGE_FLOATS * Float.BYTES;
    int port = start(0, bytes / 2).address().getPort();
    List<Callable<String>> edges = new ArrayList<>();
    for (int edge = 0; edge < 3; edge++) {
      List<Path> images = images(edge);
      Path features = folder.resolve("features-of-" + edge);
      String name = "edge-" + edge;
      edges.add(() -> receive(reach(port, name), images, features));
    }
    ExecutorService threads = Executors.newFixedThreadPool(edges.size());
    try {
      for (Future<String> ending : threads.invokeAll(edges)) {
        assertEquals("right", ending.get(), reasons::toString);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** What became of it: {@code right}, or the kind of reason. */
  private String receive(int port, List<Path> images, Path features) throws IOException {
    return receive(reach(port, "test"), images, features);
  }

  private String receive(Reach reach, List<Path> images, Path features) throws IOException {
    Receiver.Wanted wanted = new Receiver.Wanted(BATCH, List.of(TAP), FeatureType.FLOAT32);
    Backoff fast = new Backoff(Duration.ofMillis(5), Duration.ofMillis(200), 0);
    Receiver receiver =
        new Receiver(CloudClient.of(reach, fast), INFO, features, (done, of, text) -> {});
    try (Arrivals arrivals = receiver.receive(List.of(images), wanted).get(0)) {
      assertRight(images, features);
      EdgeUse.Traffic traffic = Arrivals.traffic(List.of(arrivals), 64);
      long once = traffic.downBytes() - traffic.againBytes();
      assertTrue(
          once <= traffic.tensorBytes() + SLACK_BYTES,
          once + " bytes came, besides those that came again; there are " + traffic.tensorBytes());
      return "right";
    } catch (UnreachableException e) {
      return reason("unreachable", e);
    } catch (CloudException e) {
      return reason("refused", e);
    } catch (WrongInputException e) {
      return reason("wrong input", e);
    }
  }

  private String reason(String kind, RuntimeException e) {
    String words = String.valueOf(e.getMessage());
    reasons.add(words);
    assertTrue(words.length() > 20 && words.lines().count() == 1, words);
    return kind;
  }

  private void assertRight(List<Path> images, Path features) throws IOException {
    List<byte[]> contents = new ArrayList<>();
    for (Path image : images) {
      contents.add(Files.readAllBytes(image));
    }
    try (var folders = Files.newDirectoryStream(features, "cloud-*")) {
      Path job = folders.iterator().next();
      for (int shard = 0; shard < IMAGES / 2; shard++) {
        byte[] got = Files.readAllBytes(job.resolve("shard-%05d.safetensors".formatted(shard)));
        byte[] expected = new byte[2 * IMAGE_FLOATS * Float.BYTES];
        for (int i = 0; i < 2; i++) {
          byte[] one = played(contents.get(2 * shard + i)).array();
          System.arraycopy(one, 0, expected, i * one.length, one.length);
        }
        byte[] values = new byte[expected.length];
        System.arraycopy(got, got.length - values.length, values, 0, values.length);
        assertArrayEquals(expected, values, "shard " + shard);
      }
    }
  }

  private static Reach reach(int port, String edge) {
    return new Reach(
        "http://127.0.0.1:" + port,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        6,
        400,
        Optional.empty(),
        "faulty",
        edge);
  }

  /** Pictures of noise, others in each round. */
  private List<Path> images(int round) throws IOException {
    Random random = new Random(round);
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < IMAGES; i++) {
      BufferedImage image = new BufferedImage(48, 48, BufferedImage.TYPE_INT_RGB);
      for (int pixel = 0; pixel < 48 * 48; pixel++) {
        image.setRGB(pixel % 48, pixel / 48, random.nextInt());
      }
      Path file = folder.resolve("image-%d-%d.png".formatted(round, i));
      ImageIO.write(image, "png", file.toFile());
      files.add(file);
    }
    return files;
  }

  /** Noise that follows from an image's file, in place of what a backbone makes of it. */
  private static ByteBuffer played(byte[] image) {
    Random random = new Random(Arrays.hashCode(image));
    ByteBuffer values =
        ByteBuffer.allocate(IMAGE_FLOATS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < IMAGE_FLOATS; i++) {
      values.putFloat(random.nextFloat());
    }
    return values.flip();
  }

  private double compute(Computer.Batch batch) throws Computer.NotComputed {
    try {
      List<byte[]> images = new ArrayList<>();
      for (Path image : batch.images()) {
        images.add(Files.readAllBytes(image));
      }
      int next = 0;
      for (Computer.Piece piece : batch.pieces()) {
        ByteBuffer values =
            ByteBuffer.allocate(piece.images() * IMAGE_FLOATS * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < piece.images(); i++) {
          values.put(played(images.get(next++)));
        }
        TensorInfo info =
            new TensorInfo(
                ElementType.F32,
                List.of((long) piece.images(), (long) CONFIG.tokens(), (long) CONFIG.width()));
        SafetensorsWriter.write(piece.file(), Map.of("tap_0", new RawTensor(info, values.flip())));
      }
      computed.merge(batch.images().toString(), 1, Integer::sum);
      return 0.01;
    } catch (IOException e) {
      throw new Computer.NotComputed("cannot be written: " + e.getMessage(), e);
    }
  }

  private synchronized void restart(int port) {
    Objects.requireNonNull(server).close();
    var unused = start(port, LARGE_CACHE);
  }

  private synchronized CloudServer start(int port, long cacheBytes) {
    CloudServer started =
        CloudServer.start(
            new CloudSettings(
                INFO,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                new CloudSettings.Access(Optional.empty(), Optional.empty(), Optional.empty()),
                folder.resolve("cache"),
                cacheBytes,
                new CloudSettings.Times(
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(2),
                    Duration.ofMillis(200),
                    Duration.ofHours(1)),
                CloudSettings.Most.at(10_000)),
            new byte[0],
            this::compute,
            new CloudLog() {
              @Override
              public void answered(Answered request) {}

              @Override
              public void said(String line) {}
            });
    server = started;
    return started;
  }
}
