package org.peftbench.dist;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.peftbench.file.Sha256;
import org.peftbench.model.Tap;
import org.peftbench.model.ViTConfig;
import org.peftbench.plan.Methods;
import org.peftbench.result.Json;
import org.peftbench.weights.SafetensorsFile;
import org.peftbench.wire.Api;
import org.peftbench.wire.CloudInfo;
import org.peftbench.wire.FeatureRequest;
import org.peftbench.wire.FeatureType;
import org.peftbench.wire.JobState;

/** A cloud as a user starts it: what it gives is what a cell in one process caches. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CloudIT {

  private static final int BATCH = 16;
  private static final ViTConfig CONFIG = ViTConfig.named(ViTConfig.POCKET);
  private static final Pattern ADDRESS = Pattern.compile("listening on (http://\\S+)");

  @TempDir static Path folder;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static Path data;
  private static BenchProcess cloud;
  private static String address;
  private static CloudInfo info;
  private static List<byte[]> images;

  @BeforeAll
  static void start() throws Exception {
    data = TinyData.write(folder.resolve("data"));
    images = images(data.resolve("colours"));
    cloud = serve();
    address = address();
    info = Json.MAPPER.readValue(get(Api.INFO), CloudInfo.class);
  }

  private static BenchProcess serve() throws Exception {
    return BenchProcess.start(
        "cloud",
        "serve",
        "--backbone=vit-pocket",
        "--listen=127.0.0.1:0",
        "--device=cpu",
        "--threads=1",
        "--idle-exit=5m",
        "--cache=" + folder.resolve("cache"));
  }

  private static String address() throws InterruptedException {
    Matcher found =
        BenchProcess.await(
            () -> Optional.of(ADDRESS.matcher(cloud.outputSoFar())).filter(Matcher::find));
    return found.group(1);
  }

  private static List<byte[]> images(Path task) throws IOException {
    try (Stream<String> lines = Files.lines(task.resolve("train800val200.txt"))) {
      return lines.map(line -> read(task.resolve(line.split(" ", -1)[0]))).toList();
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterAll
  static void end() throws Exception {
    ProcessHandle child = cloud.child();
    cloud.end();
    BenchProcess.Result result = cloud.result();
    assertTrue(result.err().contains("ending") && result.err().contains("ended"), result.err());
    BenchProcess.awaitEnd(child);
  }

  private static HttpResponse<byte[]> send(String method, String path, byte[] body)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + path))
            .method(method, BodyPublishers.ofByteArray(body))
            .build();
    return CLIENT.send(request, BodyHandlers.ofByteArray());
  }

  private static byte[] get(String path) throws Exception {
    HttpResponse<byte[]> answer = send("GET", path, new byte[0]);
    while (answer.statusCode() == 202) {
      answer = send("GET", path, new byte[0]);
    }
    assertEquals(200, answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8));
    return answer.body();
  }

  private static FeatureRequest request(List<Tap> taps, FeatureType type) {
    return new FeatureRequest(
        info.fingerprint(), images.stream().map(Sha256::of).toList(), BATCH, taps, type);
  }

  private static JobState open(FeatureRequest request) throws Exception {
    HttpResponse<byte[]> answer = send("POST", Api.JOBS, Json.MAPPER.writeValueAsBytes(request));
    assertEquals(201, answer.statusCode());
    JobState job = Json.MAPPER.readValue(answer.body(), JobState.class);
    for (byte[] image : images) {
      if (job.missing().contains(Sha256.of(image))) {
        assertTrue(send("PUT", Api.image(Sha256.of(image)), image).statusCode() < 300);
      }
    }
    return job;
  }

  /** Opens the files of a job's shards. */
  private static List<SafetensorsFile> shards(FeatureRequest request) throws Exception {
    JobState job = open(request);
    return IntStream.range(0, job.shards()).mapToObj(number -> shard(job, number)).toList();
  }

  private static SafetensorsFile shard(JobState job, int number) {
    try {
      Path file = folder.resolve(job.id() + "-" + number + ".safetensors");
      return SafetensorsFile.open(Files.write(file, get(Api.shard(job.id(), number))));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static float[] all(List<SafetensorsFile> shards, String tensor) {
    int values = shards.stream().mapToInt(shard -> shard.read(tensor).length).sum();
    FloatBuffer all = FloatBuffer.allocate(values);
    shards.forEach(shard -> all.put(shard.read(tensor)));
    return all.array();
  }

  /** What a cell that caches its features in one process has on disk. */
  private static List<Path> cached(String method) throws Exception {
    Path out = folder.resolve("out-" + method);
    BenchProcess.run(
            "run",
            "--methods=" + method,
            "--tasks=colours",
            "--data=" + data,
            "--backbone=vit-pocket",
            "--features=cached",
            "--epochs=1",
            "--batch-size=" + BATCH,
            "--limit-test=4",
            "--device=cpu",
            "--threads=1",
            "--out=" + out)
        .expect(0);
    try (Stream<Path> files = Files.walk(out.resolve("features"))) {
      return files.filter(file -> file.toString().endsWith(".bin")).sorted().toList();
    }
  }

  private static List<Tap> taps(String method) {
    try (Methods methods = new Methods(Optional::empty)) {
      return methods.resolve(method, CONFIG).get(0).taps();
    }
  }

  @Test
  @Order(1)
  void featuresAreThoseOfOneProcessToTheBit() throws Exception {
    for (String method : List.of("linear", "miet", "last")) {
      List<Tap> taps = taps(method);
      List<SafetensorsFile> shards = shards(request(taps, FeatureType.FLOAT32));
      List<Path> cached = cached(method);
      assertEquals(taps.size(), cached.size());
      for (int i = 0; i < taps.size(); i++) {
        float[] values = all(shards, "tap_" + i);
        ByteBuffer bytes =
            ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.nativeOrder());
        bytes.asFloatBuffer().put(values);
        Path file = folder.resolve("out-" + method).relativize(cached.get(i));
        assertArrayEquals(Files.readAllBytes(cached.get(i)), bytes.array(), method + " " + file);
      }
    }
  }

  @Test
  @Order(2)
  void smallerTypesAreRoundedValues() throws Exception {
    List<Tap> taps = List.of(Tap.sum(CONFIG.depth()).pooled(2), Tap.representation(CONFIG));
    List<SafetensorsFile> exact = shards(request(taps, FeatureType.FLOAT32));
    List<SafetensorsFile> half = shards(request(taps, FeatureType.FLOAT16));
    List<SafetensorsFile> bytes = shards(request(taps, FeatureType.INT8));
    for (int tap = 0; tap < taps.size(); tap++) {
      float[] values = all(exact, "tap_" + tap);
      float[] halves = all(half, "tap_" + tap);
      float[] scales = all(bytes, "tap_" + tap + ".scale");
      int width = values.length / scales.length;
      assertEquals(CONFIG.width(), width);
      String name = "tap_" + tap;
      long[] rounded =
          bytes.stream().flatMapToLong(shard -> LongStream.of(shard.readLongs(name))).toArray();
      for (int i = 0; i < values.length; i++) {
        float scale = scales[i / width];
        assertEquals(values[i], halves[i], Math.abs(values[i]) * 0x1p-11f + 0x1p-25f);
        assertEquals(values[i], rounded[i] * scale, scale * 0.501f);
      }
      long largest = LongStream.of(rounded).map(Math::abs).max().orElseThrow();
      assertEquals(127, largest);
    }
  }

  @Test
  @Order(3)
  void oneImageIsAnsweredAtOnce() throws Exception {
    FeatureRequest one =
        new FeatureRequest(
            info.fingerprint(),
            List.of(Sha256.of(images.get(3))),
            1,
            List.of(Tap.representation(CONFIG)),
            FeatureType.FLOAT32);
    String want = URLEncoder.encode(Json.MAPPER.writeValueAsString(one), StandardCharsets.UTF_8);
    HttpResponse<byte[]> answer =
        send("POST", Api.FEATURES + "?" + Api.WANT + "=" + want, images.get(3));
    assertEquals(200, answer.statusCode());
    Path file = Files.write(folder.resolve("norm.safetensors"), get(Api.NORM));
    try (SafetensorsFile opened = SafetensorsFile.open(file)) {
      assertEquals(CONFIG.width(), opened.read("norm.weight").length);
      assertEquals(CONFIG.width(), opened.read("norm.bias").length);
    }
  }

  @Test
  @Order(4)
  void aChildThatIsKilledIsStartedAgain() throws Exception {
    ProcessHandle child = cloud.child();
    child.destroyForcibly();
    BenchProcess.awaitEnd(child);
    shards(request(List.of(Tap.block(1)), FeatureType.INT8));
    assertNotEquals(child.pid(), cloud.child().pid());
  }

  @Test
  @Order(5)
  void aRestartedCloudHasWhatItComputed() throws Exception {
    FeatureRequest request = request(List.of(Tap.block(1)), FeatureType.INT8);
    assertEquals(5, open(request).ready().size());
    cloud.kill();
    cloud = serve();
    address = address();
    JobState job = open(request);
    assertEquals(List.of(0, 1, 2, 3, 4), job.ready());
    assertEquals(List.of(), job.missing());
    get(Api.shard(job.id(), 4));
  }
}
