package org.peftbench.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Set;
import org.peftbench.result.Json;
import org.peftbench.wire.Refusal;

/**
 * What a cloud answered.
 *
 * @param status of HTTP
 * @param headers of HTTP
 * @param body what was kept of it
 */
@SuppressWarnings("ArrayRecordComponent") // bulk data, handed on and never compared
record Answer(int status, HttpHeaders headers, byte[] body) {

  static final int OK = 200;
  static final int NOT_YET = 202;
  static final int PARTIAL = 206;
  static final int BEYOND = 416;

  /** Of the server itself, or of a proxy before it; it has not said that it never will. */
  private static final Set<Integer> PASSING = Set.of(Refusal.BUSY, 500, 502, 503, 504);

  private static final long LONGEST_WAIT_SECONDS = 60;

  boolean isGood() {
    return status >= OK && status < 300;
  }

  /** Whether the same may succeed later. */
  boolean mayPass() {
    return PASSING.contains(status);
  }

  /** When the cloud wants to be asked again. */
  Duration retryAfter(Duration otherwise) {
    try {
      return headers
          .firstValue("Retry-After")
          .map(Long::parseLong)
          .map(seconds -> Duration.ofSeconds(Math.max(0, Math.min(LONGEST_WAIT_SECONDS, seconds))))
          .orElse(otherwise);
    } catch (NumberFormatException e) {
      return otherwise; // a date, or nonsense
    }
  }

  /** Why it was refused, in a line. */
  String refusal() {
    try {
      return Words.printable(
          Json.MAPPER.readValue(new String(body, UTF_8), Refusal.class).toString());
    } catch (JsonProcessingException e) {
      return "it answers " + status;
    }
  }
}
