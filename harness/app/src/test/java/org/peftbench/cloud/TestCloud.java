package org.peftbench.cloud;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.peftbench.cell.BackboneChoice;
import org.peftbench.file.Sha256;
import org.peftbench.image.Interpolation;
import org.peftbench.image.Normalization;
import org.peftbench.model.Precision;
import org.peftbench.model.Tap;
import org.peftbench.model.ViTConfig;
import org.peftbench.result.Json;
import org.peftbench.wire.Api;
import org.peftbench.wire.CloudInfo;
import org.peftbench.wire.FeatureRequest;
import org.peftbench.wire.FeatureType;
import org.peftbench.wire.JobState;

/** A cloud whose backbone is played, and one who asks it. */
final class TestCloud implements AutoCloseable {

  static final ViTConfig CONFIG = ViTConfig.named(ViTConfig.POCKET);

  /** One value of each image would be 128 floats. */
  static final List<Tap> TAPS = List.of(Tap.representation(CONFIG));

  static final int BYTES_OF_AN_IMAGE = 128 * Float.BYTES;
  static final byte[] NORM = "norm".getBytes(StandardCharsets.US_ASCII);
  static final CloudSettings.Times TIMES =
      new CloudSettings.Times(
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofMillis(300),
          Duration.ofHours(1));
  static final CloudSettings.Access OPEN =
      new CloudSettings.Access(Optional.empty(), Optional.empty(), Optional.empty());

  final CloudInfo info;
  final CloudServer server;
  final PlayedComputer computer;
  final List<CloudLog.Answered> requests = new CopyOnWriteArrayList<>();
  final List<String> said = new CopyOnWriteArrayList<>();
  private final AtomicInteger answers = new AtomicInteger();
  private HttpClient client = HttpClient.newHttpClient();
  private String scheme = "http";

  private TestCloud(Path cache, long cacheBytes, Setup setup, PlayedComputer computer) {
    this.computer = computer;
    this.info =
        new CloudInfo(
            Api.VERSION,
            new BackboneChoice(ViTConfig.POCKET, "w", "00", 64, ViTConfig.Pooling.CLS),
            Interpolation.BICUBIC,
            Normalization.INCEPTION,
            Precision.FLOAT32,
            "played",
            new CloudInfo.Limits(100_000, 500, 8, 4L * BYTES_OF_AN_IMAGE));
    this.server =
        CloudServer.start(
            new CloudSettings(
                info,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                setup.access(),
                cache,
                cacheBytes,
                setup.times(),
                setup.most()),
            NORM,
            computer,
            new CloudLog() {
              @Override
              public void answered(Answered request) {
                requests.add(request);
              }

              @Override
              public void said(String line) {
                said.add(line);
              }
            });
  }

  /** What may be another in a test. */
  record Setup(CloudSettings.Access access, CloudSettings.Times times, CloudSettings.Most most) {
    static final Setup USUAL = new Setup(OPEN, TIMES, CloudSettings.Most.at(10_000));
  }

  static TestCloud start(Path cache, PlayedComputer computer) {
    return start(cache, 1 << 20, Setup.USUAL, computer);
  }

  static TestCloud start(Path cache, long cacheBytes, Setup setup, PlayedComputer computer) {
    return new TestCloud(cache, cacheBytes, setup, computer);
  }

  static PlayedComputer computer() {
    return new PlayedComputer(BYTES_OF_AN_IMAGE);
  }

  /** Asks over TLS from now on. */
  TestCloud over(HttpClient secure) {
    client = secure;
    scheme = "https";
    return this;
  }

  /** Different images, the same every time. */
  static List<byte[]> images(int count) {
    return IntStream.range(0, count).mapToObj(TestCloud::image).toList();
  }

  static byte[] image(int number) {
    BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, number);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toByteArray();
  }

  FeatureRequest request(List<byte[]> images, int batch) {
    return new FeatureRequest(
        info.fingerprint(),
        images.stream().map(Sha256::of).toList(),
        batch,
        TAPS,
        FeatureType.FLOAT32);
  }

  URI uri(String path) {
    return URI.create(scheme + "://localhost:" + server.address().getPort() + path);
  }

  HttpResponse<byte[]> send(String method, String path, byte[] body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path))
            .method(
                method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
    answers.incrementAndGet();
    return answer;
  }

  /** Waits until the cloud knows that what it answered has arrived. */
  void settle() {
    while (requests.size() < answers.get()) {
      Thread.onSpinWait();
    }
  }

  HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    return send("GET", path, new byte[0], headers);
  }

  HttpResponse<byte[]> put(byte[] image, String... headers) throws Exception {
    return send("PUT", Api.image(Sha256.of(image)), image, headers);
  }

  JobState open(FeatureRequest request, String... headers) throws Exception {
    return openFrom(request, 0, headers);
  }

  JobState openFrom(FeatureRequest request, int from, String... headers) throws Exception {
    String path = Api.JOBS + "?" + Api.FROM + "=" + from;
    HttpResponse<byte[]> answer =
        send("POST", path, Json.MAPPER.writeValueAsBytes(request), headers);
    if (answer.statusCode() != 201) {
      throw new AssertionError(answer.statusCode() + " " + text(answer));
    }
    return Json.MAPPER.readValue(answer.body(), JobState.class);
  }

  JobState state(String id) throws Exception {
    return Json.MAPPER.readValue(get(Api.job(id)).body(), JobState.class);
  }

  /** Fetches a shard, however long it takes. */
  HttpResponse<byte[]> shard(String id, int number, String... headers) throws Exception {
    HttpResponse<byte[]> answer = get(Api.shard(id, number), headers);
    while (answer.statusCode() == 202) {
      answer = get(Api.shard(id, number), headers);
    }
    return answer;
  }

  /** Sends what a job lacks, and fetches all of it. */
  List<byte[]> fetch(FeatureRequest request, List<byte[]> images) throws Exception {
    JobState job = open(request);
    for (byte[] image : images) {
      if (job.missing().contains(Sha256.of(image))) {
        put(image);
      }
    }
    List<byte[]> shards = new ArrayList<>();
    for (int number = 0; number < job.shards(); number++) {
      HttpResponse<byte[]> answer = shard(job.id(), number);
      if (answer.statusCode() != 200) {
        throw new AssertionError(answer.statusCode() + " " + text(answer));
      }
      shards.add(answer.body());
    }
    return shards;
  }

  static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    computer.free();
    server.close();
  }
}
