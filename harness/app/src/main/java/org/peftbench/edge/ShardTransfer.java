package org.peftbench.edge;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tries to bring a shard, each time from where the one before ended, as long as the cloud still has
 * the same.
 */
final class ShardTransfer {

  private static final Pattern ETAG = Pattern.compile("\"([0-9a-f]{64})\"");
  private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})");

  private final Part part;
  private final long mostBytes;
  private final Tally tally;
  private volatile long total;

  ShardTransfer(Part part, long mostBytes, Tally tally) {
    this.part = part;
    this.mostBytes = mostBytes;
    this.tally = tally;
  }

  /** A try; what it brought stays, also if the connection fails. */
  Answer once(CloudClient client, HttpRequest.Builder get) throws IOException {
    part.sha256()
        .filter(sha256 -> part.bytes() > 0)
        .ifPresent(
            sha256 ->
                get.header("Range", "bytes=" + part.bytes() + "-")
                    .header("If-Range", '"' + sha256 + '"'));
    Exchange exchange = client.exchange();
    CloudClient.BoundedBody words = new CloudClient.BoundedBody();
    HttpResponse<Void> answer = client.run(exchange, get, first -> route(first, words));
    int status = answer.statusCode();
    if (status == Answer.BEYOND) {
      forget();
      throw new IOException("the shard is shorter than what is there of it");
    }
    if ((status == Answer.OK || status == Answer.PARTIAL) && part.bytes() != total) {
      throw new IOException("cut after " + part.bytes() + " of " + total + " bytes");
    }
    return new Answer(status, answer.headers(), words.bytes());
  }

  private Exchange.Sink route(HttpResponse.ResponseInfo first, CloudClient.BoundedBody words)
      throws IOException {
    return switch (first.statusCode()) {
      case Answer.OK -> whole(first.headers());
      case Answer.PARTIAL -> rest(first.headers());
      default -> words.upTo(first, mostBytes);
    };
  }

  private Exchange.Sink whole(HttpHeaders headers) {
    OptionalLong length = headers.firstValueAsLong("Content-Length");
    begin(length.orElseThrow(() -> new CloudException("a shard comes without its length")));
    forget();
    part.begin(etag(headers));
    return part::append;
  }

  private Exchange.Sink rest(HttpHeaders headers) throws IOException {
    Matcher range = RANGE.matcher(headers.firstValue("Content-Range").orElse(""));
    boolean same = part.sha256().filter(etag(headers)::equals).isPresent();
    if (!same || !range.matches() || Long.parseLong(range.group(1)) != part.bytes()) {
      forget();
      throw new IOException("another range came than was asked for");
    }
    begin(Long.parseLong(range.group(3)));
    return part::append;
  }

  private void begin(long bytes) {
    if (bytes > mostBytes) {
      throw new CloudException(
          "a shard has %,d bytes, expected at most %,d".formatted(bytes, mostBytes));
    }
    total = bytes;
    part.expect(bytes);
  }

  /** What is there has to come again. */
  private void forget() {
    tally.again(part.bytes());
    part.discard();
  }

  private static String etag(HttpHeaders headers) {
    Matcher etag = ETAG.matcher(headers.firstValue("ETag").orElse(""));
    if (!etag.matches()) {
      throw new CloudException("a shard comes without its SHA-256 as ETag");
    }
    return etag.group(1);
  }
}
