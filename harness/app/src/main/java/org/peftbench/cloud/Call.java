package org.peftbench.cloud;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.peftbench.result.Json;
import org.peftbench.wire.Refusal;

/** A request, and its one answer: everything is read and written within bounds and time. */
final class Call {

  private static final int PIECE_BYTES = 1 << 16;
  private static final int MOST_DRAINED = 1 << 20;
  private static final int LONGEST_SHOWN = 120;
  private static final String JSON = "application/json";
  static final String BINARY = "application/octet-stream";

  private final HttpExchange exchange;
  private final Watchdog watchdog;
  private final Instant at = Instant.now();
  private final long began = System.nanoTime();
  private long bytesIn;
  private long bytesOut;
  private int status;
  private String note = "";
  String owner = "-";

  Call(HttpExchange exchange, Watchdog watchdog) {
    this.exchange = exchange;
    this.watchdog = watchdog;
    watchdog.arrived();
  }

  String method() {
    return exchange.getRequestMethod();
  }

  private boolean isHead() {
    return method().equals("HEAD");
  }

  /** The words between the slashes of its path. */
  List<String> path() {
    String path = exchange.getRequestURI().getRawPath();
    return path == null || !path.startsWith("/")
        ? List.of()
        : Arrays.asList(path.substring(1).split("/", -1));
  }

  /** What follows the question mark, as it was sent; may be empty. */
  String query() {
    String query = exchange.getRequestURI().getRawQuery();
    return query == null ? "" : query;
  }

  /** A header; empty if it is not there. */
  String header(String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }

  /** What the request says of its body's size. */
  OptionalLong length() {
    String length = header("Content-Length").strip();
    return length.matches("\\d{1,18}")
        ? OptionalLong.of(Long.parseLong(length))
        : OptionalLong.empty();
  }

  /** Something else than the client is waited for. */
  void pause(Duration atMost) {
    watchdog.pause(atMost);
  }

  /** Where pieces of a body go. */
  interface Sink {
    /** Takes a piece. */
    void take(byte[] bytes, int length) throws IOException;
  }

  /**
   * Reads the body.
   *
   * @throws Refused if it has more bytes than it may
   */
  void body(long most, Sink sink) throws IOException, Refused {
    OptionalLong length = length();
    if (length.isPresent() && length.getAsLong() > most) {
      throw tooLarge(length.getAsLong() + " bytes", most);
    }
    InputStream in = exchange.getRequestBody();
    byte[] piece = new byte[PIECE_BYTES];
    for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
      watchdog.step();
      bytesIn += read;
      if (bytesIn > most) {
        throw tooLarge("more", most);
      }
      sink.take(piece, read);
    }
  }

  private static Refused tooLarge(String found, long most) {
    return Refused.differs(
        Refusal.TOO_LARGE, "the body is too large", found, "at most " + most + " bytes");
  }

  /**
   * Reads JSON.
   *
   * @throws Refused if it is not what is expected
   */
  static <T> T parse(byte[] json, Class<T> type) throws Refused {
    try {
      // Of bytes Jackson guesses the encoding.
      return Json.MAPPER.readValue(new String(json, StandardCharsets.UTF_8), type);
    } catch (JsonProcessingException e) {
      throw Refused.because(Refused.MALFORMED, "not what is expected: " + Json.explain(e));
    }
  }

  Headers answerHeaders() {
    return exchange.getResponseHeaders();
  }

  void json(int code, Object value) throws IOException {
    bytes(code, JSON, Json.MAPPER.writeValueAsBytes(value));
  }

  void bytes(int code, String type, byte[] body) throws IOException {
    answerHeaders().set("Content-Type", type);
    try (OutputStream out = begin(code, body.length)) {
      for (int from = 0; !isHead() && from < body.length; from += PIECE_BYTES) {
        int bytes = Math.min(PIECE_BYTES, body.length - from);
        out.write(body, from, bytes);
        wrote(bytes);
      }
      out.flush();
      if (code >= 400) {
        drain();
      }
    }
  }

  void empty(int code) throws IOException {
    status = code;
    watchdog.step();
    exchange.sendResponseHeaders(code, -1);
  }

  /** Writes a part of a file. */
  void file(int code, Shelf.Held file, ByteRange part) throws IOException {
    answerHeaders().set("Content-Type", BINARY);
    try (FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.READ);
        OutputStream out = begin(code, part.bytes())) {
      ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
      for (long from = part.from(); !isHead() && from < part.to(); ) {
        piece.clear().limit((int) Math.min(PIECE_BYTES, part.to() - from));
        int read = channel.read(piece, from);
        if (read < 0) {
          throw new IOException(file.path() + " ends early");
        }
        out.write(piece.array(), 0, read);
        wrote(read);
        from += read;
      }
    }
  }

  private void wrote(int bytes) {
    bytesOut += bytes;
    watchdog.step();
  }

  private OutputStream begin(int code, long length) throws IOException {
    status = code;
    watchdog.step();
    if (isHead()) {
      answerHeaders().set("Content-Length", Long.toString(length));
      exchange.sendResponseHeaders(code, -1);
      return OutputStream.nullOutputStream();
    }
    exchange.sendResponseHeaders(code, length == 0 ? -1 : length);
    return exchange.getResponseBody();
  }

  /** Answers a refusal, if nothing has been answered yet. */
  void refuse(Refused refused) throws IOException {
    note = String.valueOf(refused.getMessage());
    if (status == 0) {
      refused
          .retrySeconds()
          .ifPresent(seconds -> answerHeaders().set("Retry-After", Integer.toString(seconds)));
      json(refused.status(), refused.refusal());
    }
  }

  /** A client that still sends would not read its answer if the connection were closed now. */
  private void drain() {
    byte[] piece = new byte[PIECE_BYTES];
    InputStream in = exchange.getRequestBody();
    int left = MOST_DRAINED;
    try {
      for (int read = in.read(piece); read >= 0 && left > 0; read = in.read(piece)) {
        watchdog.step();
        left -= read;
      }
    } catch (IOException e) {
      // It sends nothing more, and has its answer.
    }
  }

  /** The connection broke, be it that its client was too slow. */
  void broke(IOException why) {
    status = 0;
    note = note.isEmpty() ? why.getClass().getSimpleName() : note;
  }

  /** Ends it; what its client has not taken by then is lost. */
  CloudLog.Answered end() {
    watchdog.step();
    exchange.close();
    return new CloudLog.Answered(
        at,
        owner,
        plain(method()),
        plain("/" + String.join("/", path())),
        status,
        bytesIn,
        bytesOut,
        (System.nanoTime() - began) / 1_000_000,
        plain(note));
  }

  /** Only what a terminal shows as it is. */
  private static String plain(String text) {
    String plain = text.replaceAll("[^\\x20-\\x7e]", "?");
    return plain.length() <= LONGEST_SHOWN ? plain : plain.substring(0, LONGEST_SHOWN) + "...";
  }
}
