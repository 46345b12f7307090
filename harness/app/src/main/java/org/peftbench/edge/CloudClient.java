package org.peftbench.edge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.peftbench.WrongInputException;
import org.peftbench.model.ViTConfig;
import org.peftbench.result.Json;
import org.peftbench.tls.Tls;
import org.peftbench.tls.Tokens;
import org.peftbench.wire.Api;
import org.peftbench.wire.CloudInfo;
import org.peftbench.wire.FeatureRequest;
import org.peftbench.wire.JobState;
import org.peftbench.wire.Reach;
import org.peftbench.wire.Refusal;

/**
 * Asks a cloud. A request whose connection fails is made again, and again; one that is refused is
 * not. For one thread.
 *
 * <p>All methods throw a {@link WrongInputException} if one side does not trust the other, or they
 * do not mean the same; an {@link UnreachableException} after the last try; and a {@link
 * CloudException} for every other refusal, and for answers that are none.
 */
public final class CloudClient {

  private static final int MOST_INFO_BYTES = 1 << 20;
  private static final int MOST_REFUSAL_BYTES = 1 << 16;
  private static final int FORBIDDEN = 403;
  private static final Set<Integer> NO_ROOM = Set.of(Refusal.BUSY, Refusal.NO_ROOM);
  private static final Duration SOON = Duration.ofSeconds(1);

  private final Reach reach;
  private final HttpClient client;
  private final Optional<String> authorization;
  private final Backoff backoff;
  private final Tally tally = new Tally();

  private CloudClient(
      Reach reach, HttpClient client, Optional<String> authorization, Backoff backoff) {
    this.reach = reach;
    this.client = client;
    this.authorization = authorization;
    this.backoff = backoff;
  }

  /**
   * Gets ready; nothing is sent yet.
   *
   * @param seed of what makes its waits differ from others'
   * @throws WrongInputException if the address is none, or a file of token or certificates is wrong
   */
  public static CloudClient of(Reach reach, long seed) {
    return of(reach, Backoff.usual(seed));
  }

  static CloudClient of(Reach reach, Backoff backoff) {
    CloudAddress address = CloudAddress.parse(reach.url());
    if (reach.certificate().isPresent() != reach.key().isPresent()) {
      throw new WrongInputException("--cert and --key belong together: one of them is missing");
    }
    Optional<String> authorization =
        reach.tokenFile().map(Path::of).map(Tokens::one).map(token -> token.authorization());
    if (authorization.isPresent() && !address.isSecret()) {
      throw new WrongInputException(
          reach.url() + ": a token is not sent over a network without TLS; expected https://");
    }
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofMillis(reach.timeoutMillis()));
    if (address.isTls()) {
      builder.sslContext(
          Tls.client(
              reach.ca().map(Path::of),
              reach
                  .certificate()
                  .map(Path::of)
                  .map(file -> new Tls.Shown(file, Path.of(reach.key().orElseThrow())))));
    }
    reach
        .proxyPort()
        .ifPresent(
            port ->
                builder.proxy(
                    ProxySelector.of(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port))));
    return new CloudClient(reach, builder.build(), authorization, backoff);
  }

  Reach reach() {
    return reach;
  }

  Tally tally() {
    return tally;
  }

  /** What the cloud is. */
  public CloudInfo info() {
    byte[] body = get(Api.INFO, MOST_INFO_BYTES);
    try {
      JsonNode tree = Json.MAPPER.readTree(new String(body, StandardCharsets.UTF_8));
      JsonNode api = tree.path("api");
      if (!api.isInt()) {
        throw new WrongInputException(
            "what answers at " + reach.url() + " is no cloud: its info has no version of the api");
      }
      if (api.intValue() != Api.VERSION) {
        throw new WrongInputException(
            "the cloud %s speaks version %d of the protocol, expected %d"
                .formatted(reach.url(), api.intValue(), Api.VERSION));
      }
      CloudInfo info = Json.MAPPER.treeToValue(tree, CloudInfo.class);
      var unused = info.backbone().config(); // which checks the sizes
      return info;
    } catch (JsonProcessingException e) {
      throw new WrongInputException(
          "what answers at " + reach.url() + " is no cloud: " + Words.printable(Json.explain(e)),
          e);
    } catch (IllegalArgumentException e) {
      throw new WrongInputException(
          "the cloud " + reach.url() + " has what is not known here: " + Words.of(e), e);
    }
  }

  /** The backbone's final LayerNorm. */
  public Norm norm(ViTConfig config) {
    return Norm.read(get(Api.NORM, MOST_INFO_BYTES), config);
  }

  /**
   * Makes a job, or finds it.
   *
   * @param from the first shard that is needed
   */
  JobState submit(FeatureRequest request, int from) {
    String path = Api.JOBS + "?" + Api.FROM + "=" + from;
    byte[] body = json(request);
    Answer answer =
        ask(
            exchange ->
                to(path).header("Content-Type", "application/json").POST(exchange.body(body)),
            Api.MOST_JSON_BYTES);
    return state(answer.body(), request);
  }

  /** How far a job is; empty if the cloud has forgotten it. */
  Optional<JobState> state(FeatureRequest request) {
    Answer answer = send(exchange -> to(Api.job(request.id())).GET(), Api.MOST_JSON_BYTES);
    return answer.status() == Refusal.UNKNOWN
        ? Optional.empty()
        : Optional.of(state(required(answer).body(), request));
  }

  private JobState state(byte[] body, FeatureRequest request) {
    try {
      JobState state = Json.MAPPER.readValue(body, JobState.class);
      if (!state.id().equals(request.id())) {
        throw new CloudException("the cloud " + reach.url() + " answers for another job");
      }
      return state;
    } catch (IOException e) {
      throw new CloudException(
          "the cloud " + reach.url() + " describes a job as nothing that is one: " + Words.of(e),
          e);
    }
  }

  /** Sends an image file. */
  void put(String sha256, byte[] image) {
    Answer unused = ask(putting(sha256, image), MOST_REFUSAL_BYTES);
    tally.sentImage();
  }

  /** Sends an image file that is not needed yet; false if the cloud has no room for it now. */
  boolean offer(String sha256, byte[] image) {
    Answer answer = persist(once(putting(sha256, image), MOST_REFUSAL_BYTES), NO_ROOM);
    if (NO_ROOM.contains(answer.status())) {
      return false;
    }
    required(answer);
    tally.sentImage();
    return true;
  }

  private Asking putting(String sha256, byte[] image) {
    return exchange ->
        to(Api.image(sha256))
            .header("Content-Type", "application/octet-stream")
            .PUT(exchange.body(image));
  }

  /**
   * Sends one image and gets its features.
   *
   * @param want with one image
   * @param mostBytes of the answer
   */
  byte[] features(FeatureRequest want, byte[] image, long mostBytes) {
    String query =
        URLEncoder.encode(new String(json(want), StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    return ask(
            exchange ->
                patiently(Api.FEATURES + "?" + Api.WANT + "=" + query)
                    .header("Content-Type", "application/octet-stream")
                    .POST(exchange.body(image)),
            mostBytes)
        .body();
  }

  /** What came of asking for a shard. */
  enum Fetched {
    /** All of it is there, whatever it is. */
    WHOLE,
    /** It is not ready. */
    NOT_YET,
    /** The cloud has forgotten the job. */
    FORGOTTEN
  }

  /**
   * Brings a shard, from where an earlier try ended.
   *
   * @param part gets it
   * @param mostBytes that it may have
   */
  Fetched shard(FeatureRequest request, int number, Part part, long mostBytes) {
    ShardTransfer transfer = new ShardTransfer(part, mostBytes, tally);
    Answer answer =
        persist(
            new Attempt() {
              @Override
              public Answer once() throws IOException {
                HttpRequest.Builder get = patiently(Api.shard(request.id(), number)).GET();
                return transfer.once(CloudClient.this, get);
              }

              @Override
              public long progress() {
                return part.bytes();
              }
            },
            Set.of());
    if (answer.status() == Answer.NOT_YET) {
      pause(answer.retryAfter(SOON));
      return Fetched.NOT_YET;
    }
    if (answer.status() == Refusal.UNKNOWN) {
      return Fetched.FORGOTTEN;
    }
    required(answer);
    return Fetched.WHOLE;
  }

  private byte[] get(String path, int mostBytes) {
    return ask(exchange -> to(path).GET(), mostBytes).body();
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(reach.url().replaceAll("/+$", "") + path));
  }

  /** A cloud that computes is to say so before it is taken for one that is gone. */
  private HttpRequest.Builder patiently(String path) {
    return to(path).header(Api.PREFER, "wait=" + reach.timeoutMillis() / 2 / 1000);
  }

  private static byte[] json(Object value) {
    try {
      return Json.MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a request has no JSON", e);
    }
  }

  /** Makes a request anew for each try. */
  private interface Asking {
    HttpRequest.Builder request(Exchange exchange);
  }

  /** A try. */
  private interface Attempt {
    Answer once() throws IOException;

    /** Grows with what need not be done again. */
    default long progress() {
      return 0;
    }
  }

  private Answer ask(Asking asking, long mostBytes) {
    return required(send(asking, mostBytes));
  }

  private Answer send(Asking asking, long mostBytes) {
    return persist(once(asking, mostBytes), Set.of());
  }

  private Attempt once(Asking asking, long mostBytes) {
    return () -> {
      Exchange exchange = exchange();
      BoundedBody body = new BoundedBody();
      boolean served = false;
      try {
        HttpResponse<Void> answer =
            run(exchange, asking.request(exchange), first -> body.upTo(first, mostBytes));
        Answer whole = new Answer(answer.statusCode(), answer.headers(), body.bytes());
        served = !whole.mayPass() && whole.status() != Refusal.NO_ROOM;
        return whole;
      } finally {
        if (!served) {
          tally.again(exchange.upBytes() + exchange.downBytes());
        }
      }
    };
  }

  /** Sends a request with what says who asks, and counts it. */
  HttpResponse<Void> run(Exchange exchange, HttpRequest.Builder request, Exchange.Route route)
      throws IOException {
    authorization.ifPresent(words -> request.header("Authorization", words));
    request.header(Api.EDGE, reach.edge());
    try {
      return exchange.run(client, request.build(), route);
    } finally {
      tally.request(exchange);
    }
  }

  Exchange exchange() {
    return new Exchange(Duration.ofMillis(reach.timeoutMillis()));
  }

  /** Tries until there is an answer that stays, or one that will do. */
  private Answer persist(Attempt attempt, Set<Integer> willDo) {
    @Nullable Instant since = null;
    int failures = 0;
    while (true) {
      long before = attempt.progress();
      IOException why;
      boolean answers = true;
      Duration wait;
      try {
        Answer answer = attempt.once();
        if (!answer.mayPass() || willDo.contains(answer.status())) {
          return answer;
        }
        why = new IOException(answer.status() + ": " + answer.refusal());
        wait = answer.retryAfter(backoff.after(failures + 1));
      } catch (IOException e) {
        TlsTrouble.in(e)
            .ifPresent(
                trouble -> {
                  throw new WrongInputException(
                      "the cloud "
                          + reach.url()
                          + " and this edge do not trust each other: "
                          + trouble,
                      e);
                });
        tally.reconnect();
        why = e;
        answers = false;
        wait = backoff.after(failures + 1);
      }
      if (attempt.progress() > before) {
        failures = 0;
        since = null;
      }
      since = since == null ? Instant.now() : since;
      failures++;
      if (failures > reach.retries()) {
        throw answers
            ? new CloudException(
                "the cloud %s does not serve: %s (%d tries)"
                    .formatted(reach.url(), Words.of(why), failures))
            : UnreachableException.of(reach.url(), since, failures, why);
      }
      pause(wait);
    }
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a cloud was waited for", e);
    }
  }

  private Answer required(Answer answer) {
    if (answer.isGood()) {
      return answer;
    }
    if (answer.status() == Refusal.STRANGER || answer.status() == FORBIDDEN) {
      throw new WrongInputException(
          "the cloud %s does not know this edge: %s; give --token-file, or --cert and --key"
              .formatted(reach.url(), answer.refusal()));
    }
    if (answer.status() == Refusal.DIFFERS) {
      throw new WrongInputException(
          "the cloud " + reach.url() + " is another: " + answer.refusal());
    }
    throw new CloudException(
        "the cloud %s refuses (%d): %s".formatted(reach.url(), answer.status(), answer.refusal()));
  }

  /** A body in memory, of no more than it may have. */
  static final class BoundedBody {

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    /** Takes an answer; that of a refusal is short. */
    Exchange.Sink upTo(HttpResponse.ResponseInfo first, long mostBytes) {
      long most = first.statusCode() >= 400 ? MOST_REFUSAL_BYTES : mostBytes;
      OptionalLong length = first.headers().firstValueAsLong("Content-Length");
      if (length.orElse(0) > most) {
        throw tooLong(most);
      }
      return piece -> take(piece, most);
    }

    private void take(ByteBuffer piece, long most) {
      if (kept.size() + (long) piece.remaining() > most) {
        throw tooLong(most);
      }
      byte[] bytes = new byte[piece.remaining()];
      piece.get(bytes);
      kept.writeBytes(bytes);
    }

    private static CloudException tooLong(long most) {
      return new CloudException(
          "the cloud answers with more than the %,d bytes expected".formatted(most));
    }

    byte[] bytes() {
      return kept.toByteArray();
    }
  }
}
