package org.peftbench.edge;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.peftbench.cell.BackboneChoice;
import org.peftbench.file.Sha256;
import org.peftbench.image.Interpolation;
import org.peftbench.image.Normalization;
import org.peftbench.model.Precision;
import org.peftbench.model.ViTConfig;
import org.peftbench.result.Json;
import org.peftbench.weights.TensorInfo;
import org.peftbench.wire.Api;
import org.peftbench.wire.CloudInfo;
import org.peftbench.wire.FeatureRequest;
import org.peftbench.wire.FeatureRequest.Shard;
import org.peftbench.wire.JobState;
import org.peftbench.wire.Reach;
import org.peftbench.wire.Refusal;
import org.peftbench.wire.ShardLayout;

/**
 * A cloud without a backbone, whose features follow from an image's hash, and that can misbehave.
 */
final class FakeCloud implements AutoCloseable {

  static final int BATCH = 4;
  static final ViTConfig CONFIG = ViTConfig.named(ViTConfig.POCKET);

  /** What may go wrong with an answer. */
  enum Mishap {
    /** Half of it comes, and then the connection breaks. */
    CUT,
    /** Half of it comes, and then nothing. */
    STALL,
    /** A byte of it is another than its ETag says. */
    LIE,
    /** It is sound, and has what nobody asked for. */
    OTHER,
    /** It has no ETag. */
    NAMELESS,
    /** Come back later. */
    BUSY,
    /** Not ready. */
    NOT_YET,
    /** The server has been restarted without its jobs. */
    FORGET,
    /** It has lost all images too. */
    LOSE
  }

  final CloudInfo info;
  final Set<String> images = ConcurrentHashMap.newKeySet();
  final Map<String, FeatureRequest> jobs = new ConcurrentHashMap<>();

  /** Of the next answers with a shard, one each. */
  final Queue<Mishap> mishaps = new ConcurrentLinkedQueue<>();

  /** {@code PUT /v1/images/...}, with {@code bytes=...} behind it if there was a range. */
  final List<String> requests = Collections.synchronizedList(new ArrayList<>());

  /** Answers that take the place of the right ones, by path. */
  final Map<String, String> instead = new HashMap<>();

  int insteadStatus = 200;
  Optional<String> asksFor = Optional.empty();

  /** Images that it takes before the first shard is asked for. */
  int roomForImages = Integer.MAX_VALUE;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch over = new CountDownLatch(1);

  FakeCloud() throws IOException {
    this(1000, 64 << 20);
  }

  FakeCloud(int jobImages, long shardBytes) throws IOException {
    info =
        new CloudInfo(
            Api.VERSION,
            new BackboneChoice(ViTConfig.POCKET, "random", "", 64, ViTConfig.Pooling.CLS),
            Interpolation.BICUBIC,
            Normalization.IMAGENET,
            Precision.FLOAT32,
            "fake",
            new CloudInfo.Limits(1 << 16, jobImages, BATCH, shardBytes));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  Reach reach(int retries) {
    return reach(url(), retries);
  }

  static Reach reach(String url, int retries) {
    return new Reach(
        url,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        retries,
        300,
        Optional.empty(),
        "as it is",
        "test");
  }

  /** Requests that begin so. */
  long count(String beginning) {
    synchronized (requests) {
      return requests.stream().filter(one -> one.startsWith(beginning)).count();
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String range = exchange.getRequestHeaders().getFirst("Range");
    requests.add(exchange.getRequestMethod() + " " + path + (range == null ? "" : " " + range));
    byte[] body = exchange.getRequestBody().readAllBytes();
    try (exchange) {
      if (instead.containsKey(path)) {
        answer(exchange, insteadStatus, instead.get(path).getBytes(StandardCharsets.UTF_8));
      } else if (path.equals(Api.INFO)) {
        json(exchange, 200, info);
      } else if (path.startsWith(Api.IMAGES)) {
        if (images.size() >= roomForImages) {
          json(exchange, 429, Refusal.of("no room"));
        } else {
          images.add(Sha256.of(body));
          exchange.sendResponseHeaders(204, -1);
        }
      } else if (path.equals(Api.JOBS)) {
        FeatureRequest request = Json.MAPPER.readValue(body, FeatureRequest.class);
        jobs.put(request.id(), request);
        json(exchange, 201, state(request));
      } else if (path.contains("/shards/")) {
        shard(exchange, path.split("/", -1)[3], path.substring(path.lastIndexOf('/') + 1), range);
      } else {
        FeatureRequest request = jobs.get(path.substring(Api.JOBS.length() + 1));
        json(exchange, request == null ? 404 : 200, request == null ? "" : state(request));
      }
    }
  }

  private JobState state(FeatureRequest request) {
    List<String> missing = new ArrayList<>(request.images());
    missing.removeIf(images::contains);
    asksFor.ifPresent(missing::add);
    int shards = request.shards(CONFIG, info.limits().shardBytes()).size();
    return new JobState(
        request.id(), shards, List.of(), missing.stream().distinct().toList(), Optional.empty());
  }

  private void shard(HttpExchange exchange, String job, String number, String range)
      throws IOException {
    Mishap mishap = mishaps.poll();
    roomForImages = Integer.MAX_VALUE;
    if (mishap == Mishap.FORGET || mishap == Mishap.LOSE) {
      jobs.clear();
    }
    if (mishap == Mishap.LOSE) {
      images.clear();
    }
    FeatureRequest request = jobs.get(job);
    if (request == null) {
      json(exchange, 404, Refusal.of("no such job"));
      return;
    }
    if (mishap == Mishap.NOT_YET || mishap == Mishap.BUSY) {
      exchange.getResponseHeaders().set("Retry-After", "0");
      exchange.sendResponseHeaders(mishap == Mishap.BUSY ? 429 : 202, -1);
      return;
    }
    Shard shard = request.shards(CONFIG, info.limits().shardBytes()).get(Integer.parseInt(number));
    byte[] content = content(request, shard);
    if (mishap == Mishap.OTHER) {
      content = content(request, new Shard(0, 0, 1, shard.images().subList(0, 1), 0));
    }
    String etag = '"' + Sha256.of(content) + '"';
    if (mishap != Mishap.NAMELESS) {
      exchange.getResponseHeaders().set("ETag", etag);
    }
    boolean same = etag.equals(exchange.getRequestHeaders().getFirst("If-Range"));
    int from =
        range != null && same ? Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1")) : 0;
    if (mishap == Mishap.LIE) {
      content[content.length - 1] ^= 1;
    }
    if (from > 0) {
      exchange
          .getResponseHeaders()
          .set(
              "Content-Range",
              "bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
    }
    int left = content.length - from;
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, left);
    boolean half = mishap == Mishap.CUT || mishap == Mishap.STALL;
    OutputStream out = exchange.getResponseBody();
    out.write(content, from, half ? left / 2 : left);
    out.flush();
    if (mishap == Mishap.STALL) {
      try {
        over.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void json(HttpExchange exchange, int status, Object value) throws IOException {
    answer(exchange, status, Json.MAPPER.writeValueAsBytes(value));
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  /** The file of a shard. */
  static byte[] content(FeatureRequest request, Shard shard) {
    ShardLayout layout = ShardLayout.of(request.type(), request.taps(), CONFIG);
    SortedMap<String, TensorInfo> tensors = layout.tensors(shard.images().size());
    StringBuilder header = new StringBuilder();
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    tensors.forEach(
        (name, info) -> {
          ByteBuffer bytes =
              ByteBuffer.allocate((int) info.byteCount()).order(ByteOrder.LITTLE_ENDIAN);
          int each = (int) (info.count() / shard.images().size());
          for (String image : shard.images()) {
            for (int i = 0; i < each; i++) {
              put(bytes, info, value(image, name, i));
            }
          }
          header
              .append(header.length() == 0 ? "{" : ",")
              .append(
                  "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                      .formatted(
                          name,
                          info.type(),
                          info.shape(),
                          data.size(),
                          data.size() + bytes.capacity()));
          data.writeBytes(bytes.array());
        });
    byte[] json = header.append("}").toString().getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + json.length + data.size())
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .put(data.toByteArray())
        .array();
  }

  private static void put(ByteBuffer bytes, TensorInfo info, float value) {
    switch (info.type()) {
      case F32 -> bytes.putFloat(value);
      case F16 -> bytes.putShort(half((int) value));
      default -> bytes.put((byte) value);
    }
  }

  /** Small integers, which every type has; scales are powers of two. */
  static float value(String image, String tensor, int place) {
    int mixed = Math.floorMod((image + tensor).hashCode() * 31 + place * 7, 255) - 127;
    return tensor.endsWith(".scale") ? Math.scalb(1f, Math.floorMod(mixed, 5) - 2) : mixed;
  }

  /** IEEE binary16 of an integer of at most seven bits. */
  private static short half(int value) {
    if (value == 0) {
      return 0;
    }
    int magnitude = Math.abs(value);
    int exponent = 31 - Integer.numberOfLeadingZeros(magnitude);
    int mantissa = (magnitude << (10 - exponent)) & 0x3ff;
    return (short) ((value < 0 ? 0x8000 : 0) | (exponent + 15) << 10 | mantissa);
  }

  @Override
  public void close() {
    over.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
