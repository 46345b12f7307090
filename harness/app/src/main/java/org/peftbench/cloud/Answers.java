package org.peftbench.cloud;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.peftbench.file.Sha256;
import org.peftbench.wire.Api;
import org.peftbench.wire.CloudInfo;
import org.peftbench.wire.FeatureRequest;
import org.peftbench.wire.Refusal;

/** What a cloud answers to each request of one who may ask. */
final class Answers {

  private static final Pattern WAIT = Pattern.compile("wait=(\\d{1,6})");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,7}");
  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int ACCEPTED = 202;
  private static final int NOTHING = 204;
  private static final int PART = 206;
  private static final int NOT_MODIFIED = 304;
  private static final int NO_SUCH_PART = 416;

  /** Requests whose JSON is in memory at the same time. */
  private static final int JOBS_READ_AT_ONCE = 4;

  private static final int BYTES_OF_AN_IMAGE_NAME = 80;
  private static final int BYTES_OF_TAPS = 1 << 18;
  private static final Duration FOR_ONE_IMAGE = Duration.ofSeconds(60);

  private final CloudInfo info;
  private final byte[] norm;
  private final Checks checks;
  private final Jobs jobs;
  private final Images images;
  private final Shelf shelf;
  private final Duration longPoll;
  private final Semaphore reading = new Semaphore(JOBS_READ_AT_ONCE, true);

  /**
   * Makes the answers.
   *
   * @param norm a safetensors file
   * @param longPoll how long a shard that is not ready is waited for
   */
  Answers(
      CloudInfo info,
      byte[] norm,
      Checks checks,
      Jobs jobs,
      Images images,
      Shelf shelf,
      Duration longPoll) {
    this.info = info;
    this.norm = norm.clone();
    this.checks = checks;
    this.jobs = jobs;
    this.images = images;
    this.shelf = shelf;
    this.longPoll = longPoll;
  }

  void answer(Call call) throws IOException, Refused, InterruptedException {
    List<String> path = call.path();
    String route = "/" + String.join("/", path.subList(0, Math.min(2, path.size())));
    int words = path.size() - 2;
    if (route.equals(Api.INFO) && words == 0) {
      require(call, "GET", "HEAD");
      call.json(OK, info);
    } else if (route.equals(Api.NORM) && words == 0) {
      require(call, "GET", "HEAD");
      call.answerHeaders().set("ETag", tag(Sha256.of(norm)));
      call.bytes(OK, Call.BINARY, norm);
    } else if (route.equals(Api.FEATURES) && words == 0) {
      require(call, "POST");
      features(call);
    } else if (route.equals(Api.IMAGES) && words == 1) {
      require(call, "PUT", "HEAD");
      image(call, hash(path.get(2)));
    } else if (route.equals(Api.JOBS)) {
      jobs(call, path.subList(2, path.size()));
    } else {
      throw Refused.unknown("nothing of that name");
    }
  }

  private void jobs(Call call, List<String> words)
      throws IOException, Refused, InterruptedException {
    if (words.isEmpty()) {
      require(call, "POST");
      FeatureRequest request = request(call);
      checks.check(request);
      call.json(CREATED, jobs.open(call.owner, request, from(call)));
    } else if (words.size() == 1) {
      require(call, "GET", "HEAD");
      call.json(OK, jobs.state(hash(words.get(0))));
    } else if (words.size() == 3
        && words.get(1).equals("shards")
        && NUMBER.matcher(words.get(2)).matches()) {
      require(call, "GET", "HEAD");
      shard(call, hash(words.get(0)), Integer.parseInt(words.get(2)));
    } else {
      throw Refused.unknown("nothing of that name");
    }
  }

  /** Read from disk once all of it is there: who sends slowly keeps nobody else waiting. */
  private FeatureRequest request(Call call) throws IOException, Refused, InterruptedException {
    long most =
        Math.min(
            Api.MOST_JSON_BYTES,
            (long) info.limits().jobImages() * BYTES_OF_AN_IMAGE_NAME + BYTES_OF_TAPS);
    long bytes = Math.min(call.length().orElse(most), most);
    try (Shelf.Reservation room = shelf.reserve(bytes, Shelf.Need.NOW)) {
      String unused = Saved.body(call, room, most);
      call.pause(longPoll);
      if (!reading.tryAcquire(longPoll.toMillis(), TimeUnit.MILLISECONDS)) {
        throw Refused.busy("others are asking for jobs", 1);
      }
      try {
        return Call.parse(Files.readAllBytes(room.file()), FeatureRequest.class);
      } finally {
        reading.release();
      }
    } catch (Shelf.Full e) {
      throw Jobs.full(e);
    }
  }

  private void image(Call call, String sha256) throws IOException, Refused {
    if (call.method().equals("PUT")) {
      call.empty(images.take(call, sha256, jobs.need(sha256)) ? CREATED : NOTHING);
      return;
    }
    try (Shelf.Held held = shelf.open(Shelf.Name.image(sha256)).orElse(null)) {
      if (held == null) {
        throw Refused.unknown("no image of that name");
      }
      call.answerHeaders().set("Content-Length", Long.toString(held.bytes()));
      call.empty(OK);
    }
  }

  private void shard(Call call, String id, int number)
      throws IOException, Refused, InterruptedException {
    Duration patience = call.method().equals("HEAD") ? Duration.ZERO : patience(call, longPoll);
    call.pause(patience);
    Optional<Shelf.Held> ready = jobs.shard(call.owner, id, number, patience.toNanos());
    if (ready.isEmpty()) {
      call.answerHeaders().set("Retry-After", patience.isZero() ? "1" : "0");
      call.empty(ACCEPTED);
      return;
    }
    try (Shelf.Held held = ready.get()) {
      if (send(call, held)) {
        jobs.fetched(call.owner, id, number);
      }
    }
  }

  /** How long a client lets itself be kept waiting, if it says so. */
  private static Duration patience(Call call, Duration longest) {
    Matcher wait = WAIT.matcher(call.header(Api.PREFER));
    Duration wanted = wait.matches() ? Duration.ofSeconds(Long.parseLong(wait.group(1))) : longest;
    return wanted.compareTo(longest) < 0 ? wanted : longest;
  }

  /** Sends what is asked for of a file; whether its end is sent now. */
  private static boolean send(Call call, Shelf.Held held) throws IOException {
    String tag = tag(held.sha256());
    call.answerHeaders().set("ETag", tag);
    call.answerHeaders().set("Accept-Ranges", "bytes");
    if (names(call.header("If-None-Match"), tag)) {
      call.empty(NOT_MODIFIED);
      return true;
    }
    boolean whole = !call.header("If-Range").isEmpty() && !call.header("If-Range").equals(tag);
    try {
      Optional<ByteRange> part =
          whole ? Optional.empty() : ByteRange.of(call.header("Range"), held.bytes());
      if (part.isPresent()) {
        call.answerHeaders().set("Content-Range", part.get().header(held.bytes()));
        call.file(PART, held, part.get());
        return call.method().equals("GET") && part.get().to() == held.bytes();
      }
    } catch (ByteRange.Unsatisfiable e) {
      call.answerHeaders().set("Content-Range", "bytes */" + held.bytes());
      call.empty(NO_SUCH_PART);
      return false;
    }
    call.file(OK, held, new ByteRange(0, held.bytes()));
    return call.method().equals("GET");
  }

  private static boolean names(String header, String tag) {
    return List.of(header.strip().split("\\s*,\\s*", -1)).contains(tag);
  }

  private static String tag(String sha256) {
    return "\"" + sha256 + "\"";
  }

  private void features(Call call) throws IOException, Refused, InterruptedException {
    FeatureRequest request =
        Call.parse(
            parameter(call, Api.WANT)
                .orElseThrow(
                    () ->
                        Refused.because(Refused.MALFORMED, "the query does not say what is wanted"))
                .getBytes(StandardCharsets.UTF_8),
            FeatureRequest.class);
    checks.check(request);
    if (request.images().size() != 1) {
      throw Refused.differs(
          Refused.MALFORMED, "too many images", request.images().size(), "one; ask for a job");
    }
    boolean unused = images.take(call, request.images().get(0), Shelf.Need.NOW);
    Duration patience = patience(call, FOR_ONE_IMAGE);
    call.pause(patience);
    Optional<Shelf.Held> ready = jobs.features(call.owner, request, patience.toNanos());
    if (ready.isEmpty()) {
      throw Refused.busy("not computed within " + patience.toSeconds() + " s", 1);
    }
    try (Shelf.Held held = ready.get()) {
      call.answerHeaders().set("ETag", tag(held.sha256()));
      call.file(OK, held, new ByteRange(0, held.bytes()));
    }
  }

  /** The first shard that is needed. */
  private static int from(Call call) throws Refused {
    String from = parameter(call, Api.FROM).orElse("0");
    if (!NUMBER.matcher(from).matches()) {
      throw Refused.differs(Refused.MALFORMED, "not the number of a shard", from, "0 to 9999999");
    }
    return Integer.parseInt(from);
  }

  private static Optional<String> parameter(Call call, String name) throws Refused {
    for (String parameter : call.query().split("&", -1)) {
      if (parameter.startsWith(name + "=")) {
        try {
          String text = parameter.substring(name.length() + 1);
          return Optional.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
          throw Refused.because(Refused.MALFORMED, "the query is not encoded as a URL's is");
        }
      }
    }
    return Optional.empty();
  }

  private static String hash(String word) throws Refused {
    if (!FeatureRequest.isSha256(word)) {
      throw Refused.because(Refused.MALFORMED, "names are 64 hexadecimal digits");
    }
    return word;
  }

  private static void require(Call call, String... methods) throws Refused {
    if (!List.of(methods).contains(call.method())) {
      call.answerHeaders().set("Allow", String.join(", ", methods));
      throw Refused.because(Refused.NOT_ALLOWED, "only " + String.join(" and ", methods));
    }
  }

  static Refused stranger(String why) {
    return Refused.because(Refusal.STRANGER, why);
  }
}
